package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.sync.BatchSync.Input;
import io.gympulse.edge.sync.BatchSync.Output;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// [BatchSync] and a cloud that acknowledges batches only after a delay, all in one message. On a
/// manual clock, by milliseconds.
final class CoalescedAcks {
  private static final long MILLI = 1_000_000L;
  private static final int BYTES_PER_EVENT = 5;
  private static final int HEADER_BYTES = 300;

  private final BatchSync sync;
  private final long heldNanos;
  private final Map<Long, Long> appendedAt = new HashMap<>();
  private final List<SeqRange> held = new ArrayList<>();
  private long heldSince;
  private SyncState state;
  private long now = 0;
  private long recorded = 0;
  private int mostRuns = 0;
  private long longestWait = 0;
  private long firstSends = 0;
  private int batches = 0;
  private int resent = 0;

  /// @param heldNanos how long the cloud holds an acknowledgement
  CoalescedAcks(SyncSettings settings, long heldNanos) {
    this.sync = new BatchSync(settings);
    this.heldNanos = heldNanos;
    this.state = SyncState.offline(settings, 0, 0);
    feed(new Input.Connected(0, 0));
  }

  void append(int events) {
    for (int i = 0; i < events; i++) {
      appendedAt.put(++recorded, now);
    }
    feed(new Input.Appended(recorded, recorded));
  }

  void pass(long millis) {
    for (long end = now + millis * MILLI; now < end; ) {
      long due = held.isEmpty() ? end : Math.min(end, heldSince + heldNanos);
      now = Math.max(now + MILLI, Math.min(due, sync.nextTick(state)));
      if (!held.isEmpty() && now - heldSince >= heldNanos) {
        List<SeqRange> stored = SeqRange.union(held);
        held.clear();
        feed(new Input.Acknowledged(stored, List.of()));
      }
      if (sync.nextTick(state) <= now) {
        feed(new Input.Tick());
      }
    }
  }

  /// The longest time from an append to the first send, in nanoseconds.
  long longestWait() {
    return longestWait;
  }

  /// How many events were sent at least once.
  long firstSends() {
    return firstSends;
  }

  int batches() {
    return batches;
  }

  /// How many batches held events that had been sent before.
  int resent() {
    return resent;
  }

  long recorded() {
    return recorded;
  }

  PendingBatches pending() {
    return state.pending();
  }

  /// The most entries there were at once of batches in flight and retries.
  int mostRuns() {
    return mostRuns;
  }

  private void feed(Input first) {
    Deque<Input> next = new ArrayDeque<>(List.of(first));
    while (!next.isEmpty()) {
      BatchSync.Step step = sync.step(state, next.remove(), now, 0);
      state = step.state();
      int runs = state.pending().inFlight().size() + state.pending().retries().size();
      mostRuns = Math.max(mostRuns, runs);
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
    long first = plan.range().first().value();
    long most = Math.max(1, (plan.maxBytes() - HEADER_BYTES) / BYTES_PER_EVENT);
    SeqRange range = SeqRange.of(first, Math.min(plan.range().last().value(), first + most - 1));
    for (long seq = first; seq <= range.last().value(); seq++) {
      Long appended = appendedAt.remove(seq);
      if (appended != null) {
        longestWait = Math.max(longestWait, now - appended);
        firstSends++;
      }
    }
    batches++;
    resent += plan.attempts() > 0 ? 1 : 0;
    if (held.isEmpty()) {
      heldSince = now;
    }
    held.add(range);
    int bytes = HEADER_BYTES + (int) range.size() * BYTES_PER_EVENT;
    return new Input.Sent(plan, range, range, bytes);
  }
}
