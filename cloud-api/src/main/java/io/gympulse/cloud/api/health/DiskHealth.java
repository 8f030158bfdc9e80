package io.gympulse.cloud.api.health;

import io.gympulse.cloud.api.setting.ApiConfiguration;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;

/// Whether the database's file system has room for members' alerts, which this process writes.
@Singleton
final class DiskHealth implements Dependency {
  private static final long LEAST_BYTES = 4_000_000;

  private final Path folder;
  private final Function<Path, OptionalLong> usable;

  @Inject
  DiskHealth(ApiConfiguration configuration) {
    this(folder(configuration.database().toAbsolutePath()), DiskHealth::usable);
  }

  /// @param usable the bytes that may still be written to a folder's file system, if known
  DiskHealth(Path folder, Function<Path, OptionalLong> usable) {
    this.folder = folder;
    this.usable = usable;
  }

  @Override
  public String name() {
    return "disk";
  }

  @Override
  public boolean needed() {
    return false;
  }

  @Override
  public Standing check() {
    OptionalLong bytes = usable.apply(folder);
    if (bytes.isEmpty()) {
      return Standing.down("%s cannot be looked at; is it there?".formatted(folder));
    }
    return bytes.getAsLong() < LEAST_BYTES
        ? Standing.down(
            "%d bytes are left beside the database, alerts cannot be kept; make room"
                .formatted(bytes.getAsLong()))
        : Standing.up("%d MB left".formatted(bytes.getAsLong() / 1_000_000));
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
