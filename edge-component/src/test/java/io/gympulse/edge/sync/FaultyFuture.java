package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.RejectedRange;
import io.gympulse.contract.message.RejectionCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// The sending side and a cloud for which the first events lie in the future: it refuses every
/// batch that holds one of them. It answers after a tenth of a second, and no message is lost but
/// those it is told to lose. Everything on a clock moved by hand.
final class FaultyFuture {
  private static final long TICK = 10_000_000L;
  private static final long ANSWER_TAKES = 100_000_000L;
  private static final int EVENTS_PER_BATCH = 1_000;
  private static final int BYTES_PER_EVENT = 5;
  private static final SyncSettings SETTINGS =
      new SyncSettings(
          Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(15), 100, 524_288);

  private final BatchSync sync = new BatchSync(SETTINGS);
  private final Map<Long, Long> storedAt = new HashMap<>();
  private final Deque<Answer> answers = new ArrayDeque<>();
  private SyncState state = SyncState.offline(SETTINGS, 0, 0);
  private long now = 0;
  private long recorded = 0;
  private long lastOfFuture;
  private int batches = 0;
  private int toLose = 0;

  private record Answer(long at, SyncInput content) {}

  /// @param lastOfFuture the last event of the future
  FaultyFuture(long lastOfFuture) {
    this.lastOfFuture = lastOfFuture;
    feed(new SyncInput.Connected(0, 0));
  }

  /// The number of the last event.
  long append(int events) {
    recorded += events;
    feed(new SyncInput.Appended(recorded, recorded));
    return recorded;
  }

  long appendWithoutTime(int events) {
    long ready = recorded;
    recorded += events;
    feed(new SyncInput.Appended(recorded, ready));
    return recorded;
  }

  void timesAreKnown() {
    feed(new SyncInput.Appended(recorded, recorded));
  }

  void theFutureComes() {
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
      while (!answers.isEmpty() && answers.getFirst().at() <= now) {
        feed(answers.removeFirst().content());
      }
      if (sync.nextTick(state) <= now) {
        feed(new SyncInput.Tick());
      }
    }
  }

  private void feed(SyncInput first) {
    Deque<SyncInput> next = new ArrayDeque<>(List.of(first));
    while (!next.isEmpty()) {
      SyncStep step = sync.step(state, next.remove(), now, 0);
      state = step.state();
      for (SyncOutput output : step.outputs()) {
        switch (output) {
          case SyncOutput.SendBatch(Plan plan) -> next.add(sent(plan));
          case SyncOutput.Reserve(Sequence last) -> next.add(new SyncInput.Reserved(last.value()));
          case SyncOutput.SendSnapshot _, SyncOutput.Remove _ -> {}
          case SyncOutput.Quarantine it -> throw new AssertionError("set apart: " + it);
        }
      }
    }
  }

  private SyncInput sent(Plan plan) {
    batches++;
    long first = plan.range().first().value();
    int most = Math.min(EVENTS_PER_BATCH, plan.maxBytes() / BYTES_PER_EVENT);
    long last = Math.min(plan.range().last().value(), first + most - 1);
    // As a loader does: what is of the future travels only with its like.
    last = first <= lastOfFuture ? Math.min(last, lastOfFuture) : last;
    SeqRange range = SeqRange.of(first, last);
    if (toLose > 0) {
      toLose--;
    } else {
      answers.add(new Answer(now + ANSWER_TAKES, answer(range)));
    }
    return new SyncInput.Sent(plan, range, range, (int) range.size() * BYTES_PER_EVENT);
  }

  private SyncInput answer(SeqRange range) {
    if (range.first().value() <= lastOfFuture) {
      RejectionCode code = RejectionCode.CLOCK_FAULT;
      return new SyncInput.Answered(
          List.of(), List.of(new RejectedRange(range, code, "of the future", code.retryable())));
    }
    for (long seq = range.first().value(); seq <= range.last().value(); seq++) {
      storedAt.putIfAbsent(seq, now + ANSWER_TAKES);
    }
    return new SyncInput.Answered(List.of(range), List.of());
  }
}
