package io.gympulse.cloud.state.directory;

import io.gympulse.cloud.state.raw.RawKey;
import io.gympulse.cloud.state.raw.RawStore;
import io.gympulse.cloud.state.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/// Each body is a file `<root>/raw/<date>-<uuid>.json`. A file appears whole or not at all, and is
/// on the disk, its name included, when `put` returns. One process writes.
public final class DirectoryRawStore implements RawStore {
  private final Path root;

  /// @param root made when the first body comes
  public DirectoryRawStore(Path root) {
    this.root = root;
  }

  @Override
  public synchronized boolean put(RawKey key, byte[] body) {
    Optional<byte[]> kept = get(key);
    if (kept.isPresent()) {
      return Arrays.equals(kept.get(), body);
    }
    Path file = root.resolve(key.toString());
    Path directory = root.resolve("raw");
    Path unfinished = directory.resolve("unfinished");
    try {
      Files.createDirectories(directory);
      write(unfinished, body);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      force(directory);
      return true;
    } catch (IOException e) {
      throw new StoreUnavailableException("%s cannot be written: %s".formatted(file, e), e);
    }
  }

  @Override
  public Optional<byte[]> get(RawKey key) {
    Path file = root.resolve(key.toString());
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StoreUnavailableException("%s cannot be read: %s".formatted(file, e), e);
    }
  }

  private static void write(Path file, byte[] body) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(body);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
