package io.gympulse.edge;

import io.gympulse.edge.configuration.ConfigurationException;
import io.gympulse.edge.configuration.GatewayConfiguration;
import io.gympulse.edge.outbox.SqliteOutbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/// Checks what an outbox needs, without touching the gateway's own, which another process may use:
/// its folder, and the database's native library, by an outbox in a temporary folder.
final class StartCheck {
  private StartCheck() {}

  /// @throws ConfigurationException if the outbox's folder cannot be written
  /// @throws io.gympulse.edge.outbox.OutboxException if no outbox can be created
  static void run(GatewayConfiguration configuration, InstantSource time)
      throws ConfigurationException, IOException {
    requireWritable(configuration.dataDir());
    Path folder = Files.createTempDirectory("gympulse-check");
    try {
      SqliteOutbox.open(folder, time).close();
    } finally {
      delete(folder);
    }
  }

  private static void requireWritable(Path folder) throws ConfigurationException {
    try {
      Files.delete(Files.createTempFile(Files.createDirectories(folder), "check", null));
    } catch (IOException e) {
      throw new ConfigurationException(
          "key 'dataDir': %s cannot be written (%s); make this process's user its owner, or give another folder"
              .formatted(folder, e));
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> content = Files.list(folder)) {
      files = content.toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
    Files.delete(folder);
  }
}
