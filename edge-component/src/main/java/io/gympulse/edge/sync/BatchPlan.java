package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.topic.Topics;
import java.util.Optional;
import java.util.OptionalLong;

/// The next batch to send: as many waiting events of the range as fit, in order.
///
/// Live events come first, but backlog has its turn after every few live batches and keeps within a
/// window of bytes and of batches. Deferred events come last, one message at a time, when they are
/// due and no backlog is left to be sent.
///
/// @param source where the range comes from, and so where its unsent rest goes back to
/// @param attempts how often these events were sent before
/// @param maxBytes the limit of the message's size
record BatchPlan(Source source, BatchKind kind, SeqRange range, int attempts, int maxBytes) {

  enum Source {
    LIVE,
    BACKLOG,
    RETRY,
    DEFERRED
  }

  /// Chooses the next batch; empty if none is due or has room.
  static Optional<BatchPlan> next(SyncState state, long now) {
    Optional<BatchPlan> live =
        liveFrom(state).stream().anyMatch(it -> it - now <= 0) ? live(state) : Optional.empty();
    Optional<BatchPlan> other = backlog(state, now).or(() -> deferred(state, now));
    boolean othersTurn = state.pacing().liveTurns() >= SyncSettings.LIVE_TURNS;
    return live.isPresent() && (other.isEmpty() || !othersTurn) ? live : other;
  }

  /// When the next live batch may be sent; empty if there is none, or no room for it.
  static OptionalLong liveFrom(SyncState state) {
    return live(state).isPresent()
        ? OptionalLong.of(state.pacing().liveFrom())
        : OptionalLong.empty();
  }

  /// When deferred events may be sent; empty if there are none, or backlog is left.
  static OptionalLong deferredFrom(SyncState state) {
    return backlogIsSent(state) ? state.pending().deferredDue() : OptionalLong.empty();
  }

  private static boolean backlogIsSent(SyncState state) {
    return state.pending().retries().isEmpty() && state.cursors().backlog().isEmpty();
  }

  private static Optional<BatchPlan> live(SyncState state) {
    return state
        .cursors()
        .live()
        .filter(_ -> state.pending().hasRoomForLive())
        .map(it -> new BatchPlan(Source.LIVE, BatchKind.LIVE, it, 0, Topics.MAX_PAYLOAD_BYTES));
  }

  private static Optional<BatchPlan> backlog(SyncState state, long now) {
    int bytes = state.pacing().size().bytes();
    PendingBatches pending = state.pending();
    if (pending.backlogBytes() + bytes > SyncSettings.BACKLOG_WINDOW
        || pending.backlogBatches() >= SyncSettings.BACKLOG_BATCHES) {
      return Optional.empty();
    }
    if (!pending.retries().isEmpty()) {
      return Optional.of(retry(Source.RETRY, pending.retries().getFirst(), state, now));
    }
    return state
        .cursors()
        .backlog()
        .map(it -> new BatchPlan(Source.BACKLOG, BatchKind.BACKLOG, it, 0, bytes));
  }

  private static Optional<BatchPlan> deferred(SyncState state, long now) {
    return Optional.of(state)
        .filter(it -> deferredFrom(it).isPresent())
        .flatMap(it -> it.pending().deferredRun(now))
        .map(it -> retry(Source.DEFERRED, it, state, now));
  }

  /// Events that were live when they were first sent may be backlog by now. A range of both kinds
  /// is split at the first recent event.
  private static BatchPlan retry(Source source, Retry it, SyncState state, long now) {
    long firstRecent = state.recent().first(now);
    boolean backlog = it.range().first().value() < firstRecent;
    SeqRange range =
        backlog && firstRecent <= it.range().last().value()
            ? SeqRange.of(it.range().first().value(), firstRecent - 1)
            : it.range();
    return new BatchPlan(
        source,
        backlog ? BatchKind.BACKLOG : it.kind(),
        range,
        it.attempts(),
        state.pacing().size().bytes());
  }
}
