package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.Acknowledgement.RejectedRange;
import io.gympulse.contract.message.Rejection.RejectionCode;
import io.gympulse.edge.sync.BatchSync.Input;
import io.gympulse.edge.sync.BatchSync.Output;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// [BatchSync] and a cloud that rejects every batch with one of the first events, as they are in
/// its future. It acknowledges after a tenth of a second, and only the messages chosen by
/// [#loseNext] are lost. On a manual clock.
final class ClockFaultCloud {
  private static final long TICK = 10_000_000L;
  private static final long ACK_NANOS = 100_000_000L;
  private static final int EVENTS_PER_BATCH = 1_000;
  private static final int BYTES_PER_EVENT = 5;
  private static final SyncSettings SETTINGS =
      new SyncSettings(
          Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(15), 100, 524_288);

  private final BatchSync sync = new BatchSync(SETTINGS);
  private final Map<Long, Long> storedAt = new HashMap<>();
  private final Deque<Ack> acks = new ArrayDeque<>();
  private SyncState state = SyncState.offline(SETTINGS, 0, 0);
  private long now = 0;
  private long recorded = 0;
  private long lastOfFuture;
  private int batches = 0;
  private int toLose = 0;

  private record Ack(long at, Input content) {}

  /// @param lastOfFuture the last event in the future
  ClockFaultCloud(long lastOfFuture) {
    this.lastOfFuture = lastOfFuture;
    feed(new Input.Connected(0, 0));
  }

  /// Returns the number of the last event.
  long append(int events) {
    recorded += events;
    feed(new Input.Appended(recorded, recorded));
    return recorded;
  }

  long appendWithoutWallTime(int events) {
    long ready = recorded;
    recorded += events;
    feed(new Input.Appended(recorded, ready));
    return recorded;
  }

  void assignWallTimes() {
    feed(new Input.Appended(recorded, recorded));
  }

  void endClockFault() {
    lastOfFuture = 0;
  }

  void loseNext() {
    toLose++;
  }

  long now() {
    return now;
  }

  int batches() {
    return batches;
  }

  OptionalLong storedAt(long seq) {
    Long at = storedAt.get(seq);
    return at == null ? OptionalLong.empty() : OptionalLong.of(at);
  }

  void pass(long nanos) {
    for (long end = now + nanos; now < end; ) {
      now += TICK;
      while (!acks.isEmpty() && acks.getFirst().at() <= now) {
        feed(acks.removeFirst().content());
      }
      if (sync.nextTick(state) <= now) {
        feed(new Input.Tick());
      }
    }
  }

  private void feed(Input first) {
    Deque<Input> next = new ArrayDeque<>(List.of(first));
    while (!next.isEmpty()) {
      BatchSync.Step step = sync.step(state, next.remove(), now, 0);
      state = step.state();
      for (Output output : step.outputs()) {
        switch (output) {
          case Output.SendBatch(BatchPlan plan) -> next.add(sent(plan));
          case Output.Reserve(Sequence last) -> next.add(new Input.Reserved(last.value()));
          case Output.SendSnapshot _, Output.Remove _ -> {}
          case Output.Quarantine it -> throw new AssertionError("quarantined: " + it);
        }
      }
    }
  }

  private Input sent(BatchPlan plan) {
    batches++;
    long first = plan.range().first().value();
    int most = Math.min(EVENTS_PER_BATCH, plan.maxBytes() / BYTES_PER_EVENT);
    long last = Math.min(plan.range().last().value(), first + most - 1);
    // As MessagePublisher does: future events are in batches of their own.
    last = first <= lastOfFuture ? Math.min(last, lastOfFuture) : last;
    SeqRange range = SeqRange.of(first, last);
    if (toLose > 0) {
      toLose--;
    } else {
      acks.add(new Ack(now + ACK_NANOS, ack(range)));
    }
    return new Input.Sent(plan, range, range, (int) range.size() * BYTES_PER_EVENT);
  }

  private Input ack(SeqRange range) {
    if (range.first().value() <= lastOfFuture) {
      RejectionCode code = RejectionCode.CLOCK_FAULT;
      return new Input.Acknowledged(
          List.of(), List.of(new RejectedRange(range, code, "in the future", code.retryable())));
    }
    for (long seq = range.first().value(); seq <= range.last().value(); seq++) {
      storedAt.putIfAbsent(seq, now + ACK_NANOS);
    }
    return new Input.Acknowledged(List.of(range), List.of());
  }
}
