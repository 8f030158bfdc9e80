package io.gympulse.bench.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.outbox.OutboxSettings;
import io.gympulse.edge.outbox.OutboxSettings.Limits;
import io.gympulse.edge.outbox.SqliteOutbox;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Trials of the outbox as the gateway uses it.
final class OutboxTrial {
  private static final int WARM_UP = 20_000;
  private static final int MAX_PENDING = 20_000;
  private static final int BATCH = 1_000;
  private static final int FLUSHES_PER_CHECKPOINT = 3;
  private static final int CHECKPOINT_SEQUENCE_AT = 12;

  private final Trial trial;

  OutboxTrial(Trial trial) {
    this.trial = trial;
  }

  /// One producer that does not wait for each event; then all events are sent and acknowledged.
  TrialFigures burst() throws IOException {
    try (SqliteOutbox warmUp = open("warm-up")) {
      appendAll(warmUp, WARM_UP);
      drain(warmUp);
    }
    ProcessIo before = ProcessIo.now();
    double seconds;
    long flushes;
    try (SqliteOutbox outbox = open("burst")) {
      long start = System.nanoTime();
      appendAll(outbox, trial.events());
      seconds = (System.nanoTime() - start) / 1e9;
      drain(outbox);
      flushes = flushes(outbox, "burst");
    }
    return lifecycle(before, flushes).with("per_second", trial.events() / seconds);
  }

  /// One event at a time: appended, reserved, sent, acknowledged, before the next.
  TrialFigures sparse() throws IOException {
    open("sparse").close();
    ProcessIo before = ProcessIo.now();
    long flushes;
    try (SqliteOutbox outbox = open("sparse")) {
      for (int i = 0; i < trial.events(); i++) {
        Sequence seq = outbox.append(GymEvents.occurrence(i)).join();
        if (GymEvents.beginsMinute(i)) {
          outbox.markAlive(GymEvents.stamp(i)).join();
        }
        send(outbox, seq, 1);
      }
      flushes = flushes(outbox, "sparse");
    }
    return lifecycle(before, flushes);
  }

  private TrialFigures lifecycle(ProcessIo before, long flushes) throws IOException {
    ProcessIo io = ProcessIo.now().since(before);
    return TrialFigures.none()
        .with("bytes", (double) io.written() / trial.events())
        .with("block_bytes", (double) io.dirtied() / trial.events())
        .with("flushes", (double) flushes / trial.events());
  }

  private SqliteOutbox open(String name) {
    return SqliteOutbox.open(
        trial.folder().resolve(name),
        new OutboxSettings(Limits.DEFAULT, trial.file()),
        InstantSource.system());
  }

  /// The producer is limited to 20,000 pending events, to bound the memory.
  private static void appendAll(SqliteOutbox outbox, int events) {
    Deque<CompletableFuture<Sequence>> pending = new ArrayDeque<>();
    for (int i = 0; i < events; i++) {
      CompletableFuture<Sequence> appended = outbox.append(GymEvents.occurrence(i));
      if (i % BATCH == BATCH - 1 || i == events - 1) {
        pending.add(appended);
      }
      if (pending.size() * BATCH > MAX_PENDING) {
        pending.remove().join();
      }
    }
    pending.forEach(CompletableFuture::join);
  }

  private static void drain(SqliteOutbox outbox) {
    List<MachineEvent> batch = outbox.peek(0, BATCH);
    while (!batch.isEmpty()) {
      send(outbox, batch.getLast().seq(), batch.size());
      batch = outbox.peek(batch.getLast().seq().value(), BATCH);
    }
  }

  private static void send(SqliteOutbox outbox, Sequence last, int events) {
    outbox.reserve(last).join();
    long after = last.value() - events;
    if (outbox.peek(after, events).size() != events) {
      throw new IllegalStateException("events after %d are missing".formatted(after));
    }
    outbox.acknowledge(List.of(SeqRange.of(after + 1, last.value()))).join();
  }

  /// Each commit flushes the log once. Each restart of the log follows a checkpoint, which
  /// flushes the log, the database, and the log's new header.
  private long flushes(SqliteOutbox outbox, String name) throws IOException {
    Path log = trial.folder().resolve(name).resolve("outbox.db-wal");
    ByteBuffer header = ByteBuffer.wrap(Files.readAllBytes(log));
    return outbox.commits() + (long) FLUSHES_PER_CHECKPOINT * header.getInt(CHECKPOINT_SEQUENCE_AT);
  }
}
