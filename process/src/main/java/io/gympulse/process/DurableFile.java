package io.gympulse.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes files atomically and durably: the content goes to a temporary file in the same folder,
/// which is flushed to disk and renamed; then the folder is flushed.
///
/// When a method returns, its change survives a loss of power. When it throws, the file is
/// unchanged, unless only the last step failed, the flush of the folder: then the file has changed,
/// and a loss of power may revert it. Files are readable by their owner only, except those written
/// by [#writePublic]. Several threads and processes may write a file at once: the last rename wins.
public final class DurableFile {
  private static final Set<PosixFilePermission> OWNER_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> PUBLIC_FILE =
      PosixFilePermissions.fromString("rw-r--r--");

  private DurableFile() {}

  /// Flushes a file or folder to disk.
  @FunctionalInterface
  interface Flush {
    Flush TO_DISK = channel -> channel.force(true);

    void flush(FileChannel channel) throws IOException;
  }

  /// Writes or replaces a file, readable by its owner only.
  public static void write(Path file, byte[] content) throws IOException {
    write(file, content, OWNER_FILE, Flush.TO_DISK);
  }

  /// Writes or replaces a file in UTF-8, readable by its owner only.
  public static void write(Path file, String content) throws IOException {
    write(file, content.getBytes(UTF_8), OWNER_FILE, Flush.TO_DISK);
  }

  /// Writes or replaces a file in UTF-8 that every user of the machine may read, such as a
  /// certificate.
  public static void writePublic(Path file, String content) throws IOException {
    write(file, content.getBytes(UTF_8), PUBLIC_FILE, Flush.TO_DISK);
  }

  static void write(Path file, byte[] content, Set<PosixFilePermission> permissions, Flush flush)
      throws IOException {
    Path folder = folderOf(file);
    Path next =
        Files.createTempFile(folder, "." + file.getFileName() + ".", ".new", as(OWNER_FILE));
    try {
      try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
        put(channel, content);
        Files.setPosixFilePermissions(next, permissions);
        flush.flush(channel);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      boolean _ = Files.deleteIfExists(next);
    }
    flush(folder, flush);
  }

  /// Appends to a file, or creates it, readable by its owner only. After an exception or a loss of
  /// power within the call, part of the content may have been appended.
  public static void append(Path file, byte[] content) throws IOException {
    append(file, content, Flush.TO_DISK);
  }

  static void append(Path file, byte[] content, Flush flush) throws IOException {
    boolean created = !Files.exists(file);
    try (FileChannel channel =
        FileChannel.open(
            file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), as(OWNER_FILE))) {
      put(channel, content);
      flush.flush(channel);
    }
    if (created) {
      flush(folderOf(file), flush);
    }
  }

  /// Creates an empty file readable by its owner only, or restricts an existing file to its owner.
  public static void ensurePrivate(Path file) throws IOException {
    if (Files.exists(file)) {
      Files.setPosixFilePermissions(file, OWNER_FILE);
    } else {
      FileChannel.open(
              file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), as(OWNER_FILE))
          .close();
      flush(folderOf(file));
    }
  }

  /// Renames a file within its folder, replacing any file of that name.
  public static void rename(Path file, Path to) throws IOException {
    rename(file, to, Flush.TO_DISK);
  }

  static void rename(Path file, Path to, Flush flush) throws IOException {
    Files.move(file, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    flush(folderOf(to), flush);
  }

  /// Deletes a file, if it exists.
  public static void delete(Path file) throws IOException {
    delete(file, Flush.TO_DISK);
  }

  static void delete(Path file, Flush flush) throws IOException {
    if (Files.deleteIfExists(file)) {
      flush(folderOf(file), flush);
    }
  }

  /// Creates a folder and its missing parents, accessible by their owner only. Existing folders are
  /// unchanged.
  public static void makeFolders(Path folder) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (@Nullable Path next = folder.toAbsolutePath();
        next != null && !Files.exists(next);
        next = next.getParent()) {
      missing.push(next);
    }
    if (missing.isEmpty() && !Files.isDirectory(folder)) {
      throw new IOException(folder + " is a file; a folder is needed there");
    }
    for (Path next : missing) {
      Files.createDirectories(next, as(OWNER_FOLDER));
      flush(folderOf(next));
    }
  }

  /// Flushes a folder's entries.
  ///
  /// @throws NoSuchFileException if the folder does not exist
  public static void flush(Path folder) throws IOException {
    flush(folder, Flush.TO_DISK);
  }

  private static void flush(Path folder, Flush flush) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      flush.flush(channel);
    }
  }

  private static void put(FileChannel channel, byte[] content) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(content);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  private static Path folderOf(Path file) {
    @Nullable Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file.toAbsolutePath() : folder;
  }

  private static FileAttribute<Set<PosixFilePermission>> as(Set<PosixFilePermission> permissions) {
    return PosixFilePermissions.asFileAttribute(permissions);
  }
}
