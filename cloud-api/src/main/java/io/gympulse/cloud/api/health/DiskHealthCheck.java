package io.gympulse.cloud.api.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;

/// Whether the database's file system has space for members' alerts, for a process whose store is a
/// file.
public final class DiskHealthCheck implements HealthCheck {
  private static final long MIN_BYTES = 4_000_000;

  private final Path folder;
  private final Function<Path, OptionalLong> usable;

  /// @param database the file that alerts are written to
  public DiskHealthCheck(Path database) {
    this(folder(database.toAbsolutePath()), DiskHealthCheck::usable);
  }

  /// @param usable the usable bytes of a folder's file system; empty if they cannot be read
  DiskHealthCheck(Path folder, Function<Path, OptionalLong> usable) {
    this.folder = folder;
    this.usable = usable;
  }

  @Override
  public String name() {
    return "disk";
  }

  @Override
  public boolean required() {
    return false;
  }

  @Override
  public HealthStatus check() {
    OptionalLong bytes = usable.apply(folder);
    if (bytes.isEmpty()) {
      return HealthStatus.down(
          "the file system of %s cannot be read; does the folder exist?".formatted(folder));
    }
    return bytes.getAsLong() < MIN_BYTES
        ? HealthStatus.down(
            "only %d bytes are free beside the database, alerts cannot be stored; free some space"
                .formatted(bytes.getAsLong()))
        : HealthStatus.up("%d MB free".formatted(bytes.getAsLong() / 1_000_000));
  }

  private static Path folder(Path file) {
    return Objects.requireNonNullElse(file.getParent(), file);
  }

  private static OptionalLong usable(Path folder) {
    try {
      return OptionalLong.of(Files.getFileStore(folder).getUsableSpace());
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
