package io.gympulse.edge;

import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.outbox.Occurrence;
import io.gympulse.edge.time.Stamp;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes a line to a file for each event whose append has completed: `outboxId seq atMs machineId
/// status reason boot sinceBootMs`, with `-` for an unknown time or a missing reason. It is
/// independent of the outbox, to verify that no event is lost. Safe for several threads.
final class AppendLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AppendLog.class);

  private final OutputStream file;

  /// @param file created if it does not exist, else appended to
  AppendLog(Path file) throws IOException {
    this.file = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  synchronized void appended(OutboxId outbox, Sequence seq, Occurrence occurrence) {
    Stamp stamp = occurrence.stamp();
    String line =
        "%s %s %s %s %s %s %s %d\n"
            .formatted(
                outbox,
                seq,
                stamp.wall().map(it -> Long.toString(it.at().toEpochMilli())).orElse("-"),
                occurrence.machine(),
                occurrence.status().wireName(),
                occurrence.reason().map(UnknownReason::wireName).orElse("-"),
                stamp.boot(),
                stamp.sinceBoot().toMillis());
    try {
      file.write(line.getBytes(StandardCharsets.UTF_8));
      file.flush();
    } catch (IOException e) {
      LOG.error("writing the file of appended events failed", e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }
}
