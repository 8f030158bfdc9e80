package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.Acknowledgement.RejectedRange;
import io.gympulse.process.Backoff;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Decides what is sent when. Pure; time (monotonic nanoseconds) and randomness come in.
///
/// When the uplink connects: a snapshot first, then events appended from now on or within the last
/// minute as live batches, and behind them the other waiting events as backlog, in a window of its
/// own and with at least every fourth turn (see [BatchScheduler]). Events that are not acknowledged
/// in time are sent again, with growing delays. So are events that the cloud rejects as retryable,
/// but after everything else: a lasting clock fault delays nothing. While events wait for their
/// wall times, snapshots report the machines' states.
///
/// Only reserved events are sent. Events leave the queue only by the cloud's acknowledgement or
/// rejection. Acknowledgements may be lost, duplicated, late or out of order.
final class BatchSync {
  // The assumed size of a snapshot, which is built only after the rate was checked.
  private static final int SNAPSHOT_BYTES = 4_096;

  private final SyncSettings settings;
  private final Backoff backoff;

  BatchSync(SyncSettings settings) {
    this.settings = settings;
    this.backoff = settings.backoff();
  }

  /// The new state and the actions to execute, in order.
  record Step(SyncState state, List<SyncOutput> outputs) {
    Step {
      outputs = List.copyOf(outputs);
    }
  }

  /// @param random in 0 to 1
  Step step(SyncState state, SyncInput input, long now, double random) {
    List<SyncOutput> outputs = new ArrayList<>();
    SyncState applied = applied(state, input, now, random, outputs);
    return new Step(decided(applied, now, outputs), outputs);
  }

  /// When a tick is due, in monotonic nanoseconds: if the rate is used up, when it allows a message
  /// again; else when the next snapshot, retry or batch is due.
  long nextTick(SyncState state) {
    if (!state.pacing().rate().allowsOne()) {
      return state.pacing().rate().nextAt();
    }
    long next = state.pacing().snapshots().dueAt();
    long due = state.pending().firstDue().orElse(next);
    long live = BatchScheduler.liveFrom(state).orElse(next);
    long deferred = BatchScheduler.deferredFrom(state).orElse(next);
    return earlier(earlier(next, deferred), earlier(due, live));
  }

  private static long earlier(long a, long b) {
    return a - b < 0 ? a : b;
  }

  private SyncState applied(
      SyncState state, SyncInput input, long now, double random, List<SyncOutput> outputs) {
    return switch (input) {
      case SyncInput.Tick _ -> state;
      case SyncInput.Connected it -> connected(state, it, now);
      case SyncInput.Disconnected _ -> state.withLink(false);
      case SyncInput.Appended it -> appended(state, it, now);
      case SyncInput.SnapshotFailed _ -> state.with(state.pacing().snapshotSoon(now));
      case SyncInput.Reserved it -> state.with(state.cursors().reserved(it.last()));
      case SyncInput.Acknowledged it -> acknowledged(state, it, now, random, outputs);
      case SyncInput.Sent it -> sent(state, it, now, random);
      case SyncInput.NothingToSend it ->
          state
              .withoutPlan()
              .with(state.cursors().advanced(it.plan().source(), it.plan().range().last().value()));
    };
  }

  /// Events that cannot be sent, as they have no wall time yet, are at least reflected in a
  /// snapshot.
  private static SyncState appended(SyncState state, SyncInput.Appended it, long now) {
    boolean unsendable = it.recorded() > Math.max(it.lastReady(), state.recent().recorded());
    RecentEvents recent = state.recent().appended(it.recorded(), now);
    return state
        .with(recent)
        .with(state.cursors().extended(it.lastReady(), recent.first(now)))
        .with(unsendable ? state.pacing().snapshotSoon(now) : state.pacing());
  }

  private static SyncState connected(SyncState state, SyncInput.Connected it, long now) {
    RecentEvents recent = state.recent().appended(it.recorded(), now);
    return state
        .withLink(true)
        .with(recent)
        .with(state.cursors().restarted(it.lastReady(), recent.first(now)))
        .with(state.pacing().snapshotNow(now));
  }

  private SyncState sent(SyncState state, SyncInput.Sent it, long now, double random) {
    BatchPlan plan = it.plan();
    long last = it.range().last().value();
    InFlightBatch batch =
        new InFlightBatch(
            it.range(),
            it.standsFor(),
            plan.source(),
            plan.kind(),
            plan.attempts(),
            it.bytes(),
            now,
            now + backoff.delay(plan.attempts(), random).toNanos());
    PendingBatches pending = state.pending().sent(batch);
    if (last < plan.range().last().value()) {
      SeqRange rest = SeqRange.of(last + 1, plan.range().last().value());
      pending = pending.returned(plan, rest, now);
    }
    Pacing pacing = state.pacing();
    return state
        .withoutPlan()
        .with(pending)
        .with(state.cursors().advanced(plan.source(), last))
        .with(
            plan.source() == BatchPlan.Source.LIVE
                ? pacing.sentLive(it.bytes(), now)
                : pacing.sent(it.bytes()));
  }

  private SyncState acknowledged(
      SyncState state,
      SyncInput.Acknowledged it,
      long now,
      double random,
      List<SyncOutput> outputs) {
    PendingBatches pending = state.pending();
    for (SeqRange stored : it.stored()) {
      pending = pending.stored(stored);
    }
    OptionalLong roundTrip = state.pending().longestRoundTrip(pending, now);
    if (!it.stored().isEmpty()) {
      outputs.add(new SyncOutput.Remove(it.stored()));
      pending = pending.dueWithin(settings.retryAfter().toNanos());
    }
    for (RejectedRange rejected : it.rejected()) {
      pending =
          rejected.retryable() || rejected.code().retryable()
              ? pending.rejectedForNow(
                  rejected.range(), now, attempts -> backoff.delay(attempts, random).toNanos())
              : pending.rejectedForGood(rejected, outputs);
    }
    Pacing pacing = state.pacing();
    return state
        .with(pending)
        .with(
            roundTrip.isPresent()
                ? pacing.with(pacing.size().afterRoundTrip(roundTrip.getAsLong()))
                : pacing);
  }

  private SyncState decided(SyncState state, long now, List<SyncOutput> outputs) {
    if (!state.connected() || state.planned().isPresent()) {
      return state;
    }
    SyncState ready = snapshot(timedOut(state, now), now, outputs);
    Optional<Long> reserve = ready.cursors().toReserve(SyncSettings.RESERVED_STEP);
    if (reserve.isPresent()) {
      // Mostly granted at once; the next batch holds more events for it.
      outputs.add(new SyncOutput.Reserve(new Sequence(reserve.get())));
      return ready.with(ready.cursors().reservationRequested(reserve.get()));
    }
    if (!ready.pacing().rate().allowsOne()) {
      return ready;
    }
    Optional<BatchPlan> plan = BatchScheduler.next(ready, now);
    if (plan.isEmpty()) {
      return ready;
    }
    outputs.add(new SyncOutput.SendBatch(plan.get()));
    return ready.with(ready.pending().planned(plan.get())).withPlan(plan.get());
  }

  private static SyncState timedOut(SyncState state, long now) {
    PendingBatches left = state.pending().timedOut(now);
    Pacing pacing = state.pacing().refilled(now);
    boolean backlogLost = left.backlogBatches() < state.pending().backlogBatches();
    return state.with(left).with(backlogLost ? pacing.with(pacing.size().halved()) : pacing);
  }

  private SyncState snapshot(SyncState state, long now, List<SyncOutput> outputs) {
    if (state.pacing().snapshots().dueAt() - now > 0 || !state.pacing().rate().allowsOne()) {
      return state;
    }
    outputs.add(new SyncOutput.SendSnapshot());
    return state.with(
        state.pacing().snapshotSent(SNAPSHOT_BYTES, now, now + settings.snapshotEvery().toNanos()));
  }
}
