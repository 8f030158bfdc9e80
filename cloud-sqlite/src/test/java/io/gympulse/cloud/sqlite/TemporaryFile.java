package io.gympulse.cloud.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file in a temporary folder, for stores that are opened before a test's `@TempDir` exists.
final class TemporaryFile {
  private TemporaryFile() {}

  static Path named(String name) {
    try {
      Path folder = Files.createTempDirectory("gympulse-store");
      folder.toFile().deleteOnExit();
      return folder.resolve(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
