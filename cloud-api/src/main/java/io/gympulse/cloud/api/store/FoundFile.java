package io.gympulse.cloud.api.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What is in a file that another process makes, opened when it is first needed and there, and
/// anew when there is another file in its place: an open file that was deleted or replaced can be
/// read for ever and never changes.
///
/// Safe for any number of threads.
final class FoundFile<T> implements AutoCloseable {
  private record Opened<T>(T content, @Nullable Object identity) {}

  private final Path file;
  private final Function<Path, T> opener;
  private final Consumer<T> closer;
  private volatile @Nullable Opened<T> opened;

  /// @param opener throws if the file is not there or cannot be used
  FoundFile(Path file, Function<Path, T> opener, Consumer<T> closer) {
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

  /// What tells one file from another under the same name; null if there is none.
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
