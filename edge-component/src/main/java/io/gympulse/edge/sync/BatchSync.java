package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.Acknowledgement.RejectedRange;
import io.gympulse.edge.sync.Cursors.RecentEvents;
import io.gympulse.process.Backoff;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Decides what is sent when. Pure; time (monotonic nanoseconds) and randomness come in.
///
/// When the uplink connects: a snapshot first, then events appended from now on or within the last
/// minute as live batches, and behind them the other waiting events as backlog, in a window of its
/// own and with at least every fourth turn (see [BatchPlan]). Events that are not acknowledged in
/// time are sent again, with growing delays. So are events that the cloud rejects as retryable, but
/// after everything else: a lasting clock fault delays nothing. While events wait for their wall
/// times, snapshots report the machines' states.
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

  /// An event that [BatchSync] reacts to.
  sealed interface Input {

    /// The uplink is connected (again).
    ///
    /// @param recorded the last sequence number in the outbox
    /// @param lastReady the last one that can be sent
    record Connected(long recorded, long lastReady) implements Input {}

    record Disconnected() implements Input {}

    /// More events are durable, or can be sent, than before.
    ///
    /// @param recorded the last sequence number in the outbox
    /// @param lastReady the last one that can be sent
    record Appended(long recorded, long lastReady) implements Input {}

    /// Events up to this one may be sent.
    record Reserved(long last) implements Input {}

    /// The cloud's acknowledgement for this outbox.
    record Acknowledged(List<SeqRange> stored, List<RejectedRange> rejected) implements Input {}

    /// The planned batch was handed to the uplink.
    ///
    /// @param range from its first to its last event
    /// @param standsFor the range that the cloud will acknowledge
    record Sent(BatchPlan plan, SeqRange range, SeqRange standsFor, int bytes) implements Input {}

    /// None of the planned events is waiting any more.
    record NothingToSend(BatchPlan plan) implements Input {}

    /// The snapshot could not be built.
    record SnapshotFailed() implements Input {}

    record Tick() implements Input {}
  }

  /// An action that [BatchSync] asks for. Actions are executed in order.
  sealed interface Output {

    /// Results in [Input.SnapshotFailed] if the snapshot cannot be built.
    record SendSnapshot() implements Output {}

    /// Reserve numbers up to this one. Results in [Input.Reserved] once that is durable.
    record Reserve(Sequence last) implements Output {}

    /// Results in [Input.Sent] or [Input.NothingToSend] before any other input.
    record SendBatch(BatchPlan plan) implements Output {}

    /// Remove these events from the queue: the cloud has stored them.
    record Remove(List<SeqRange> ranges) implements Output {}

    /// Quarantine this event: the cloud has rejected it for good.
    record Quarantine(Sequence seq, String reason) implements Output {}
  }

  /// The new state and the actions to execute, in order.
  record Step(SyncState state, List<Output> outputs) {
    Step {
      outputs = List.copyOf(outputs);
    }
  }

  /// @param random in 0 to 1
  Step step(SyncState state, Input input, long now, double random) {
    List<Output> outputs = new ArrayList<>();
    SyncState applied = applied(state, input, now, random, outputs);
    return new Step(decided(applied, now, outputs), outputs);
  }

  /// When a tick is due, in monotonic nanoseconds: if the rate is used up, when it allows a message
  /// again; else when the next snapshot, retry or batch is due.
  long nextTick(SyncState state) {
    if (!state.pacing().allowsOne()) {
      return state.pacing().nextAt();
    }
    long next = state.pacing().snapshots().dueAt();
    long due = state.pending().firstDue().orElse(next);
    long live = BatchPlan.liveFrom(state).orElse(next);
    long deferred = BatchPlan.deferredFrom(state).orElse(next);
    return earlier(earlier(next, deferred), earlier(due, live));
  }

  private static long earlier(long a, long b) {
    return a - b < 0 ? a : b;
  }

  private SyncState applied(
      SyncState state, Input input, long now, double random, List<Output> outputs) {
    return switch (input) {
      case Input.Tick _ -> state;
      case Input.Connected it -> connected(state, it, now);
      case Input.Disconnected _ -> state.withLink(false);
      case Input.Appended it -> appended(state, it, now);
      case Input.SnapshotFailed _ -> state.with(state.pacing().snapshotSoon(now));
      case Input.Reserved it -> state.with(state.cursors().reserved(it.last()));
      case Input.Acknowledged it -> acknowledged(state, it, now, random, outputs);
      case Input.Sent it -> sent(state, it, now, random);
      case Input.NothingToSend it ->
          state
              .withoutPlan()
              .with(state.cursors().advanced(it.plan().source(), it.plan().range().last().value()));
    };
  }

  /// Events that cannot be sent, as they have no wall time yet, are at least reflected in a
  /// snapshot.
  private static SyncState appended(SyncState state, Input.Appended it, long now) {
    boolean unsendable = it.recorded() > Math.max(it.lastReady(), state.recent().recorded());
    RecentEvents recent = state.recent().appended(it.recorded(), now);
    return state
        .with(recent)
        .with(state.cursors().extended(it.lastReady(), recent.first(now)))
        .with(unsendable ? state.pacing().snapshotSoon(now) : state.pacing());
  }

  private static SyncState connected(SyncState state, Input.Connected it, long now) {
    RecentEvents recent = state.recent().appended(it.recorded(), now);
    return state
        .withLink(true)
        .with(recent)
        .with(state.cursors().restarted(it.lastReady(), recent.first(now)))
        .with(state.pacing().snapshotNow(now));
  }

  private SyncState sent(SyncState state, Input.Sent it, long now, double random) {
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
      SyncState state, Input.Acknowledged it, long now, double random, List<Output> outputs) {
    PendingBatches pending = state.pending();
    for (SeqRange stored : it.stored()) {
      pending = pending.stored(stored);
    }
    OptionalLong roundTrip = state.pending().longestRoundTrip(pending, now);
    if (!it.stored().isEmpty()) {
      outputs.add(new Output.Remove(it.stored()));
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

  private SyncState decided(SyncState state, long now, List<Output> outputs) {
    if (!state.connected() || state.planned().isPresent()) {
      return state;
    }
    SyncState ready = snapshot(timedOut(state, now), now, outputs);
    Optional<Long> reserve = ready.cursors().toReserve(SyncSettings.RESERVED_STEP);
    if (reserve.isPresent()) {
      // Mostly granted at once; the next batch holds more events for it.
      outputs.add(new Output.Reserve(new Sequence(reserve.get())));
      return ready.with(ready.cursors().reservationRequested(reserve.get()));
    }
    if (!ready.pacing().allowsOne()) {
      return ready;
    }
    Optional<BatchPlan> plan = BatchPlan.next(ready, now);
    if (plan.isEmpty()) {
      return ready;
    }
    outputs.add(new Output.SendBatch(plan.get()));
    return ready.with(ready.pending().planned(plan.get())).withPlan(plan.get());
  }

  private static SyncState timedOut(SyncState state, long now) {
    PendingBatches left = state.pending().timedOut(now);
    Pacing pacing = state.pacing().refilled(now);
    boolean backlogLost = left.backlogBatches() < state.pending().backlogBatches();
    return state.with(left).with(backlogLost ? pacing.with(pacing.size().halved()) : pacing);
  }

  private SyncState snapshot(SyncState state, long now, List<Output> outputs) {
    if (state.pacing().snapshots().dueAt() - now > 0 || !state.pacing().allowsOne()) {
      return state;
    }
    outputs.add(new Output.SendSnapshot());
    return state.with(
        state.pacing().snapshotSent(SNAPSHOT_BYTES, now, now + settings.snapshotEvery().toNanos()));
  }
}
