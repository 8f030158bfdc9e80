package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.topic.IotCoreLimits;
import java.util.Optional;
import java.util.OptionalLong;

/// What is sent next: the present, or the past behind it, which has its turn after every few live
/// batches and keeps within a window of bytes and of batches. What is parked comes last, one
/// message at a time, when it is due and no past is left to be sent.
final class Choice {
  private Choice() {}

  static Optional<Plan> of(SyncState state, long now) {
    Optional<Plan> live =
        liveFrom(state).stream().anyMatch(it -> it - now <= 0) ? live(state) : Optional.empty();
    Optional<Plan> behind = behind(state, now).or(() -> parked(state, now));
    boolean itsTurn = state.pace().liveTurns() >= SyncSettings.LIVE_TURNS;
    return live.isPresent() && (behind.isEmpty() || !itsTurn) ? live : behind;
  }

  /// When the next live batch may go; empty if there is none, or no room for it.
  static OptionalLong liveFrom(SyncState state) {
    return live(state).isPresent()
        ? OptionalLong.of(state.pace().liveFrom())
        : OptionalLong.empty();
  }

  /// When something parked may go; empty if there is nothing, or no room for it.
  static OptionalLong parkedFrom(SyncState state) {
    return pastIsSent(state) ? state.deliveries().parkedDue() : OptionalLong.empty();
  }

  private static boolean pastIsSent(SyncState state) {
    return state.deliveries().repeats().isEmpty() && state.cursors().backlog().isEmpty();
  }

  private static Optional<Plan> parked(SyncState state, long now) {
    return Optional.of(state)
        .filter(it -> parkedFrom(it).isPresent())
        .flatMap(it -> it.deliveries().parkedRun(now))
        .map(it -> again(Plan.Source.PARKED, it, state, now));
  }

  private static Plan again(Plan.Source source, Repeat it, SyncState state, long now) {
    int bytes = state.pace().size().bytes();
    SeqRange range = ofOneKind(it.range(), state.recent().first(now));
    return new Plan(source, kind(it, state, now), range, it.attempts(), bytes);
  }

  /// A run may have begun in the past and end in the present: each part is sent as what it is.
  private static SeqRange ofOneKind(SeqRange range, long present) {
    return range.first().value() < present && present <= range.last().value()
        ? SeqRange.of(range.first().value(), present - 1)
        : range;
  }

  private static Optional<Plan> live(SyncState state) {
    return state
        .cursors()
        .live()
        .filter(_ -> state.deliveries().hasRoomForLive())
        .map(
            it ->
                new Plan(Plan.Source.LIVE, BatchKind.LIVE, it, 0, IotCoreLimits.MAX_PAYLOAD_BYTES));
  }

  private static Optional<Plan> behind(SyncState state, long now) {
    int bytes = state.pace().size().bytes();
    Deliveries deliveries = state.deliveries();
    if (deliveries.bytesBehind() + bytes > SyncSettings.BACKLOG_WINDOW
        || deliveries.batchesBehind() >= SyncSettings.BACKLOG_BATCHES) {
      return Optional.empty();
    }
    if (!deliveries.repeats().isEmpty()) {
      return Optional.of(again(Plan.Source.REPEAT, deliveries.repeats().getFirst(), state, now));
    }
    return state
        .cursors()
        .backlog()
        .map(it -> new Plan(Plan.Source.BACKLOG, BatchKind.BACKLOG, it, 0, bytes));
  }

  /// What was live when it was first sent may be of the past by now.
  private static BatchKind kind(Repeat repeat, SyncState state, long now) {
    SeqRange range = repeat.range();
    return range.first().value() < state.recent().first(now) ? BatchKind.BACKLOG : repeat.kind();
  }
}
