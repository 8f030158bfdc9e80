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

/// Files that are whole or not there, whatever happens: a file is written beside its place, flushed
/// to the disk, renamed, and its folder flushed. When a method returns, a loss of power cannot take
/// back what it did. When it throws, the file is what it was before, unless only the flush of its
/// folder failed, which comes last: then the file is what it was to become, and a loss of power may
/// take that back, to what it was before. Files are readable by their owner only, unless they are
/// said to be public. Several threads and processes may write a file at once: one of them wins.
public final class DurableFile {
  private static final Set<PosixFilePermission> OWNER_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> PUBLIC_FILE =
      PosixFilePermissions.fromString("rw-r--r--");

  private DurableFile() {}

  /// Brings to the disk what was done to a file or folder.
  @FunctionalInterface
  interface Flush {
    Flush TO_DISK = channel -> channel.force(true);

    void flush(FileChannel channel) throws IOException;
  }

  /// Writes a file for its owner, in place of an earlier one.
  public static void write(Path file, byte[] content) throws IOException {
    write(file, content, OWNER_FILE, Flush.TO_DISK);
  }

  /// Writes a file in UTF-8 for its owner, in place of an earlier one.
  public static void write(Path file, String content) throws IOException {
    write(file, content.getBytes(UTF_8), OWNER_FILE, Flush.TO_DISK);
  }

  /// Writes a file in UTF-8 that every user of the machine may read, such as a certificate.
  public static void writePublic(Path file, String content) throws IOException {
    write(file, content.getBytes(UTF_8), PUBLIC_FILE, Flush.TO_DISK);
  }

  static void write(Path file, byte[] content, Set<PosixFilePermission> permissions, Flush disk)
      throws IOException {
    Path folder = folderOf(file);
    Path next =
        Files.createTempFile(folder, "." + file.getFileName() + ".", ".new", as(OWNER_FILE));
    try {
      try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
        put(channel, content);
        Files.setPosixFilePermissions(next, permissions);
        disk.flush(channel);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      boolean _ = Files.deleteIfExists(next);
    }
    flush(folder, disk);
  }

  /// Appends to a file for its owner, and makes it if there is none. What is appended may be there
  /// in part after a failure or a loss of power within the call.
  public static void append(Path file, byte[] content) throws IOException {
    append(file, content, Flush.TO_DISK);
  }

  static void append(Path file, byte[] content, Flush disk) throws IOException {
    boolean made = !Files.exists(file);
    try (FileChannel channel =
        FileChannel.open(
            file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), as(OWNER_FILE))) {
      put(channel, content);
      disk.flush(channel);
    }
    if (made) {
      flush(folderOf(file), disk);
    }
  }

  /// Makes an empty file for its owner, or takes others' access to the one that is there.
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

  /// Moves a file to another name in the same folder, in place of what is there.
  public static void rename(Path file, Path to) throws IOException {
    rename(file, to, Flush.TO_DISK);
  }

  static void rename(Path file, Path to, Flush disk) throws IOException {
    Files.move(file, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    flush(folderOf(to), disk);
  }

  /// Removes a file, if it is there.
  public static void delete(Path file) throws IOException {
    delete(file, Flush.TO_DISK);
  }

  static void delete(Path file, Flush disk) throws IOException {
    if (Files.deleteIfExists(file)) {
      flush(folderOf(file), disk);
    }
  }

  /// Makes a folder, and those above it that are missing, for their owner. Folders that are there
  /// stay as they are.
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

  /// Flushes a folder's list of names.
  ///
  /// @throws NoSuchFileException if there is no such folder
  public static void flush(Path folder) throws IOException {
    flush(folder, Flush.TO_DISK);
  }

  private static void flush(Path folder, Flush disk) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      disk.flush(channel);
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
