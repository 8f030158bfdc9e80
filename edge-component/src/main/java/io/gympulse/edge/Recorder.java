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
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notes each event whose append has returned in a file, one line `outboxId seq atMs machineId
/// status reason boot sinceBootMs` each, a time that is not known and a reason that is not there as
/// `-`: an observer beside the outbox, for proving that nothing is lost.
final class Recorder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

  private final Optional<OutputStream> file;

  private Recorder(Optional<OutputStream> file) {
    this.file = file;
  }

  static Recorder none() {
    return new Recorder(Optional.empty());
  }

  static Recorder to(Path file) throws IOException {
    return new Recorder(
        Optional.of(
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)));
  }

  synchronized void appended(OutboxId outbox, Sequence seq, Occurrence occurrence) {
    if (file.isEmpty()) {
      return;
    }
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
      file.get().write(line.getBytes(StandardCharsets.UTF_8));
      file.get().flush();
    } catch (IOException e) {
      LOG.error("the record of appended events cannot be written", e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
    }
  }
}
