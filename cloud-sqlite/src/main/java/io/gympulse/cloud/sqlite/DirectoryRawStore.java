package io.gympulse.cloud.sqlite;

import io.gympulse.cloud.core.raw.RawKey;
import io.gympulse.cloud.core.raw.RawStore;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.process.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
    try {
      DurableFile.makeFolders(root.resolve("raw"));
      DurableFile.write(file, body);
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
}
