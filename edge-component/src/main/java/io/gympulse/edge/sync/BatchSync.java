package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.RejectedRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Decides what is sent when. Pure; time (monotonic nanoseconds) and randomness come in.
///
/// When the link comes up: a snapshot, then what happens from now on and what happened within the
/// last minute as live batches, and behind them what waited, in a window of its own and with at
/// least every fourth turn (see [Choice]). What is not answered for is sent again, later each time;
/// so is what the cloud would not take yet, behind all else: a lasting clock fault delays nothing.
/// While events have to wait for their times, snapshots show what became of the machines.
/// Nothing is sent that was not reserved. Nothing leaves the outbox but by the cloud's word.
/// Answers may be lost, doubled, late or out of order.
final class BatchSync {
  // What a snapshot is taken to weigh: it is not there yet when its turn comes.
  private static final int SNAPSHOT_BYTES = 4_096;

  private final SyncSettings settings;

  BatchSync(SyncSettings settings) {
    this.settings = settings;
  }

  /// @param random in 0 to 1
  SyncStep step(SyncState state, SyncInput input, long now, double random) {
    List<SyncOutput> outputs = new ArrayList<>();
    SyncState taken = taken(state, input, now, random, outputs);
    return new SyncStep(decided(taken, now, outputs), outputs);
  }

  /// When a tick is due, in monotonic nanoseconds: when the rate allows a message again, as nothing
  /// can be sent before; else no later than a snapshot.
  long nextTick(SyncState state) {
    if (!state.pace().rate().allowsOne()) {
      return state.pace().rate().nextAt();
    }
    long next = state.pace().snapshots().dueAt();
    long due = state.deliveries().firstDue().orElse(next);
    long live = Choice.liveFrom(state).orElse(next);
    long parked = Choice.parkedFrom(state).orElse(next);
    return earlier(earlier(next, parked), earlier(due, live));
  }

  private static long earlier(long a, long b) {
    return a - b < 0 ? a : b;
  }

  private SyncState taken(
      SyncState state, SyncInput input, long now, double random, List<SyncOutput> outputs) {
    return switch (input) {
      case SyncInput.Tick _ -> state;
      case SyncInput.Connected it -> connected(state, it, now);
      case SyncInput.Disconnected _ -> state.link(false);
      case SyncInput.Appended it -> appended(state, it, now);
      case SyncInput.SnapshotFailed _ -> state.with(state.pace().snapshotWanted(now));
      case SyncInput.Reserved it -> state.with(state.cursors().reserved(it.last()));
      case SyncInput.Answered it -> answered(state, it, now, random, outputs);
      case SyncInput.Sent it -> sent(state, it, now, random);
      case SyncInput.NothingToSend it ->
          state
              .planDone()
              .with(state.cursors().passed(it.plan().source(), it.plan().range().last().value()));
    };
  }

  /// What cannot be sent, as its time is not known yet, is at least shown.
  private static SyncState appended(SyncState state, SyncInput.Appended it, long now) {
    boolean unsendable = it.recorded() > Math.max(it.ready(), state.recent().recorded());
    Recent recent = state.recent().appended(it.recorded(), now);
    return state
        .with(recent)
        .with(state.cursors().ready(it.ready(), recent.first(now)))
        .with(unsendable ? state.pace().snapshotWanted(now) : state.pace());
  }

  private static SyncState connected(SyncState state, SyncInput.Connected it, long now) {
    Recent recent = state.recent().appended(it.recorded(), now);
    return state
        .link(true)
        .with(recent)
        .with(state.cursors().anew(it.ready(), recent.first(now)))
        .with(state.pace().snapshotNow(now));
  }

  private SyncState sent(SyncState state, SyncInput.Sent it, long now, double random) {
    Plan plan = it.plan();
    long last = it.range().last().value();
    InFlight batch =
        new InFlight(
            it.range(),
            it.standsFor(),
            plan.source(),
            plan.kind(),
            plan.attempts(),
            it.bytes(),
            now,
            now + settings.waitNanos(plan.attempts(), random));
    Deliveries deliveries = state.deliveries().sent(batch);
    if (last < plan.range().last().value()) {
      SeqRange rest = SeqRange.of(last + 1, plan.range().last().value());
      deliveries = deliveries.givenBack(plan, rest, now);
    }
    Pace pace = state.pace();
    return state
        .planDone()
        .with(deliveries)
        .with(state.cursors().passed(plan.source(), last))
        .with(
            plan.source() == Plan.Source.LIVE
                ? pace.sentLive(it.bytes(), now)
                : pace.sent(it.bytes()));
  }

  private SyncState answered(
      SyncState state, SyncInput.Answered it, long now, double random, List<SyncOutput> outputs) {
    Deliveries deliveries = state.deliveries();
    for (SeqRange stored : it.stored()) {
      deliveries = deliveries.stored(stored);
    }
    OptionalLong wait = state.deliveries().longestWait(deliveries, now);
    if (!it.stored().isEmpty()) {
      outputs.add(new SyncOutput.Remove(it.stored()));
      deliveries = deliveries.hurried(settings.retryAfter().toNanos());
    }
    for (RejectedRange rejected : it.rejected()) {
      deliveries =
          rejected.retryable() || rejected.code().retryable()
              ? deliveries.deferred(
                  rejected.range(), now, attempts -> settings.waitNanos(attempts, random))
              : deliveries.refused(rejected, outputs);
    }
    Pace pace = state.pace();
    return state
        .with(deliveries)
        .with(wait.isPresent() ? pace.with(pace.size().after(wait.getAsLong())) : pace);
  }

  private SyncState decided(SyncState state, long now, List<SyncOutput> outputs) {
    if (!state.connected() || state.planned().isPresent()) {
      return state;
    }
    SyncState ready = snapshot(expired(state, now), now, outputs);
    Optional<Long> reserve = ready.cursors().toReserve(SyncSettings.RESERVED_STEP);
    if (reserve.isPresent()) {
      // Mostly it is granted at once, and the next batch is the larger for it.
      outputs.add(new SyncOutput.Reserve(new Sequence(reserve.get())));
      return ready.with(ready.cursors().asked(reserve.get()));
    }
    if (!ready.pace().rate().allowsOne()) {
      return ready;
    }
    Optional<Plan> plan = Choice.of(ready, now);
    if (plan.isEmpty()) {
      return ready;
    }
    outputs.add(new SyncOutput.SendBatch(plan.get()));
    return ready.with(ready.deliveries().takenUp(plan.get())).planning(plan.get());
  }

  private static SyncState expired(SyncState state, long now) {
    Deliveries left = state.deliveries().expired(now);
    Pace pace = state.pace().refilled(now);
    boolean lost = left.batchesBehind() < state.deliveries().batchesBehind();
    return state.with(left).with(lost ? pace.with(pace.size().halved()) : pace);
  }

  private SyncState snapshot(SyncState state, long now, List<SyncOutput> outputs) {
    if (state.pace().snapshots().dueAt() - now > 0 || !state.pace().rate().allowsOne()) {
      return state;
    }
    outputs.add(new SyncOutput.SendSnapshot());
    return state.with(
        state.pace().snapshotSent(SNAPSHOT_BYTES, now, now + settings.snapshotEvery().toNanos()));
  }
}
