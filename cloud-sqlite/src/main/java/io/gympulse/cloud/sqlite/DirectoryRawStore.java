package io.gympulse.cloud.sqlite;

import io.gympulse.cloud.core.device.RawStore;
import io.gympulse.cloud.core.device.RawStore.RawKey;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.process.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// Raw bodies as files `<root>/raw/<date>-<uuid>.json`. A file is written atomically, and is
/// durable, its name included, when `put` returns. One process writes.
public final class DirectoryRawStore implements RawStore {
  private final Path root;

  /// @param root created with the first body
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
