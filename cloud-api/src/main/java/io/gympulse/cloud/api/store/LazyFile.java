package io.gympulse.cloud.api.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A resource in a file that another process creates: opened at the first call that finds the file,
/// and again after the file was replaced, since an open file that was deleted or replaced stays
/// readable but no longer changes. Thread-safe.
final class LazyFile<T> implements AutoCloseable {
  private record Opened<T>(T content, @Nullable Object identity) {}

  private final Path file;
  private final Function<Path, T> opener;
  private final Consumer<T> closer;
  private volatile @Nullable Opened<T> opened;

  /// @param opener throws if the file is not there or cannot be used
  LazyFile(Path file, Function<Path, T> opener, Consumer<T> closer) {
    this.file = file;
    this.opener = opener;
    this.closer = closer;
  }

  /// @throws RuntimeException whatever the opener throws; the next call tries again
  T get() {
    Opened<T> known = opened;
    return known != null && Objects.equals(known.identity(), identity()) ? known.content() : open();
  }

  private synchronized T open() {
    Object identity = identity();
    Opened<T> known = opened;
    if (known != null && Objects.equals(known.identity(), identity)) {
      return known.content();
    }
    close();
    T content = opener.apply(file);
    opened = new Opened<>(content, identity);
    return content;
  }

  /// The file's inode key, which changes when the file is replaced; null if there is no file.
  private @Nullable Object identity() {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public synchronized void close() {
    Opened<T> known = opened;
    opened = null;
    if (known != null) {
      closer.accept(known.content());
    }
  }
}
