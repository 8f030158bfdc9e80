package io.gympulse.edge.doctor;

import io.gympulse.edge.outbox.OutboxException;
import io.gympulse.edge.outbox.SqliteOutbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/// Whether an outbox can be created: the database's native library loads. It is tried in a
/// temporary folder, as another process may use the gateway's outbox.
///
/// @param time for the outbox
record OutboxCheck(InstantSource time) implements Check {

  @Override
  public String name() {
    return "outbox";
  }

  @Override
  public Finding run() throws IOException {
    Path folder = Files.createTempDirectory("gympulse-check");
    try {
      SqliteOutbox.open(folder, time).close();
      return Finding.ok("an outbox can be created; the database's library loads");
    } catch (OutboxException | LinkageError e) {
      return Finding.failed(
          "no outbox can be created in %s (%s)".formatted(folder, e),
          "give the JVM a folder with room on a file system without noexec: -Djava.io.tmpdir=..");
    } finally {
      delete(folder);
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
