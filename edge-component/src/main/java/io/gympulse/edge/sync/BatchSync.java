package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.RejectedRange;
import io.gympulse.contract.topic.IotCoreLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides what is sent when. Pure; time (monotonic nanoseconds) and randomness come in.
///
/// When the link comes up: a snapshot, then what happens from now on as live batches, and behind
/// them what waited, in a window of its own and with at least every fourth turn. What is not
/// answered for is sent again, later each time. Nothing leaves the outbox but by the cloud's word.
/// Answers may be lost, doubled, late or out of order.
final class BatchSync {
  private static final int BEHIND_BATCH = SyncSettings.BACKLOG_WINDOW / 2;

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

  /// When a tick is due, in monotonic nanoseconds: when there will be a token, if there is none, as
  /// nothing can be sent before; else no later than a snapshot.
  long nextTick(SyncState state) {
    if (!state.pace().tokens().hasOne()) {
      return state.pace().tokens().nextAt(settings.publishesPerSecond());
    }
    long next = state.pace().snapshotAt();
    long due = state.deliveries().firstDue().orElse(next);
    return due - next < 0 ? due : next;
  }

  private SyncState taken(
      SyncState state, SyncInput input, long now, double random, List<SyncOutput> outputs) {
    return switch (input) {
      case SyncInput.Tick _ -> state;
      case SyncInput.Connected it ->
          new SyncState(
              true,
              Cursors.at(Math.max(it.tail(), state.cursors().tail())),
              Deliveries.NONE,
              state.pace().snapshotNow(now),
              Optional.empty());
      case SyncInput.Disconnected _ ->
          new SyncState(false, state.cursors(), Deliveries.NONE, state.pace(), Optional.empty());
      case SyncInput.Appended it -> state.with(state.cursors().appended(it.tail()));
      case SyncInput.Answered it -> answered(state, it, outputs);
      case SyncInput.Sent it -> sent(state, it, now, random);
      case SyncInput.NothingToSend it ->
          state
              .planDone()
              .with(state.cursors().passed(it.plan().source(), it.plan().range().last().value()));
    };
  }

  private SyncState sent(SyncState state, SyncInput.Sent it, long now, double random) {
    Plan plan = it.plan();
    long last = it.range().last().value();
    InFlight batch =
        new InFlight(
            it.range(),
            plan.kind(),
            plan.attempts(),
            it.bytes(),
            now,
            now + settings.waitNanos(plan.attempts(), random));
    Deliveries deliveries = state.deliveries().sent(batch);
    if (plan.source() == Plan.Source.REPEAT && last < plan.range().last().value()) {
      SeqRange rest = SeqRange.of(last + 1, plan.range().last().value());
      deliveries = deliveries.repeating(rest, plan.kind(), plan.attempts());
    }
    return state
        .planDone()
        .with(deliveries)
        .with(state.cursors().passed(plan.source(), last))
        .with(state.pace().sent(plan.source() == Plan.Source.LIVE));
  }

  private SyncState answered(SyncState state, SyncInput.Answered it, List<SyncOutput> outputs) {
    Deliveries deliveries = state.deliveries();
    for (SeqRange stored : it.stored()) {
      deliveries = deliveries.stored(stored);
    }
    if (!it.stored().isEmpty()) {
      outputs.add(new SyncOutput.Remove(it.stored()));
      deliveries = deliveries.hurried(settings.retryAfter().toNanos());
    }
    for (RejectedRange rejected : it.rejected()) {
      if (!rejected.retryable() && !rejected.code().retryable()) {
        deliveries = deliveries.refused(rejected, outputs);
      }
    }
    return state.with(deliveries);
  }

  private SyncState decided(SyncState state, long now, List<SyncOutput> outputs) {
    if (!state.connected() || state.planned().isPresent()) {
      return state;
    }
    SyncState ready =
        state
            .with(state.deliveries().expired(now))
            .with(state.pace().refilled(settings.publishesPerSecond(), now));
    if (ready.pace().snapshotAt() - now <= 0 && ready.pace().tokens().hasOne()) {
      outputs.add(new SyncOutput.SendSnapshot());
      ready = ready.with(ready.pace().snapshotSent(now + settings.snapshotEvery().toNanos()));
    }
    if (!ready.pace().tokens().hasOne()) {
      return ready;
    }
    Optional<Plan> plan = chosen(ready);
    if (plan.isEmpty()) {
      return ready;
    }
    outputs.add(new SyncOutput.SendBatch(plan.get()));
    boolean repeat = plan.get().source() == Plan.Source.REPEAT;
    return (repeat ? ready.with(ready.deliveries().withoutFirstRepeat()) : ready)
        .planning(plan.get());
  }

  private static Optional<Plan> chosen(SyncState state) {
    Optional<Plan> live = live(state);
    Optional<Plan> behind = behind(state);
    boolean itsTurn = state.pace().liveTurns() >= SyncSettings.LIVE_TURNS;
    return live.isPresent() && (behind.isEmpty() || !itsTurn) ? live : behind;
  }

  private static Optional<Plan> live(SyncState state) {
    return state
        .cursors()
        .live()
        .filter(_ -> state.deliveries().liveBatches() < SyncSettings.LIVE_WINDOW)
        .map(
            it ->
                new Plan(Plan.Source.LIVE, BatchKind.LIVE, it, 0, IotCoreLimits.MAX_PAYLOAD_BYTES));
  }

  private static Optional<Plan> behind(SyncState state) {
    if (state.deliveries().bytesBehind() + BEHIND_BATCH > SyncSettings.BACKLOG_WINDOW) {
      return Optional.empty();
    }
    if (!state.deliveries().repeats().isEmpty()) {
      Repeat it = state.deliveries().repeats().getFirst();
      return Optional.of(
          new Plan(Plan.Source.REPEAT, it.kind(), it.range(), it.attempts(), BEHIND_BATCH));
    }
    return state
        .cursors()
        .backlog()
        .map(it -> new Plan(Plan.Source.BACKLOG, BatchKind.BACKLOG, it, 0, BEHIND_BATCH));
  }
}
