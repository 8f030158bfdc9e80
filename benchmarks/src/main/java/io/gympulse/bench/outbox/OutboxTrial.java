package io.gympulse.bench.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.outbox.OutboxLimits;
import io.gympulse.edge.outbox.OutboxSettings;
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

/// The outbox as the gateway uses it.
final class OutboxTrial {
  private static final int WARM_UP = 20_000;
  private static final int WAITING_AT_MOST = 20_000;
  private static final int BATCH = 1_000;
  private static final int FLUSHES_PER_CHECKPOINT = 3;
  private static final int CHECKPOINT_SEQUENCE_AT = 12;

  private final Plan plan;

  OutboxTrial(Plan plan) {
    this.plan = plan;
  }

  /// One producer that does not wait; then everything is sent and acknowledged.
  Figures burst() throws IOException {
    try (SqliteOutbox warmUp = open("warm-up")) {
      appendAll(warmUp, WARM_UP);
      drain(warmUp);
    }
    Io before = Io.now();
    double seconds;
    long flushes;
    try (SqliteOutbox outbox = open("burst")) {
      long start = System.nanoTime();
      appendAll(outbox, plan.events());
      seconds = (System.nanoTime() - start) / 1e9;
      drain(outbox);
      flushes = flushes(outbox, "burst");
    }
    return life(before, flushes).with("per_second", plan.events() / seconds);
  }

  /// Each event alone: durable, reserved, sent, acknowledged, before the next one comes.
  Figures sparse() throws IOException {
    open("sparse").close();
    Io before = Io.now();
    long flushes;
    try (SqliteOutbox outbox = open("sparse")) {
      for (int i = 0; i < plan.events(); i++) {
        Sequence seq = outbox.append(Events.occurrence(i)).join();
        if (Events.beginsMinute(i)) {
          outbox.markAlive(Events.stamp(i)).join();
        }
        send(outbox, seq, 1);
      }
      flushes = flushes(outbox, "sparse");
    }
    return life(before, flushes);
  }

  private Figures life(Io before, long flushes) throws IOException {
    Io io = Io.now().since(before);
    return Figures.none()
        .with("bytes", (double) io.handed() / plan.events())
        .with("block_bytes", (double) io.dirtied() / plan.events())
        .with("flushes", (double) flushes / plan.events());
  }

  private SqliteOutbox open(String name) {
    return SqliteOutbox.open(
        plan.folder().resolve(name),
        new OutboxSettings(OutboxLimits.DEFAULT, plan.file()),
        InstantSource.system());
  }

  /// The producer waits for no event; only so that the memory suffices, it does not run ahead by
  /// more than so many.
  private static void appendAll(SqliteOutbox outbox, int events) {
    Deque<CompletableFuture<Sequence>> ahead = new ArrayDeque<>();
    for (int i = 0; i < events; i++) {
      CompletableFuture<Sequence> appended = outbox.append(Events.occurrence(i));
      if (i % BATCH == BATCH - 1 || i == events - 1) {
        ahead.add(appended);
      }
      if (ahead.size() * BATCH > WAITING_AT_MOST) {
        ahead.remove().join();
      }
    }
    ahead.forEach(CompletableFuture::join);
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

  /// Each commit flushes the log once. Each time the log is begun anew, it was carried over: log
  /// and database are flushed, and then the log's new head.
  private long flushes(SqliteOutbox outbox, String name) throws IOException {
    Path log = plan.folder().resolve(name).resolve("outbox.db-wal");
    ByteBuffer head = ByteBuffer.wrap(Files.readAllBytes(log));
    return outbox.commits() + (long) FLUSHES_PER_CHECKPOINT * head.getInt(CHECKPOINT_SEQUENCE_AT);
  }
}
