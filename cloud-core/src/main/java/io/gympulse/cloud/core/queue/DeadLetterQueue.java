package io.gympulse.cloud.core.queue;

import java.time.Instant;
import java.util.List;

/// The messages whose delivery was given up. Methods throw
/// [io.gympulse.cloud.core.store.StoreUnavailableException] while it cannot be used. Safe for any
/// number of threads.
public interface DeadLetterQueue {
  /// A message whose delivery was given up.
  ///
  /// @param at when it was given up, or first sent where only that is known
  /// @param queue the queue that gave it up
  /// @param reason of the last failure; empty where the queue does not keep it
  /// @param body as it was sent
  record DeadLetter(
      Instant at, String queue, String messageId, int receives, String reason, String body) {}

  /// The result of a redrive request.
  sealed interface RedriveResult {
    /// @param moved how many were moved back
    /// @param left how many stay: their queue is full, closed or unknown, or they cannot be read
    record Moved(long moved, long left) implements RedriveResult {}

    /// The queue's service moves them and does not report how many.
    record Started(String task) implements RedriveResult {}

    /// An earlier redrive is still running; nothing was moved.
    record UnderWay() implements RedriveResult {}

    /// The result of two requests: the sum, or the one without numbers.
    default RedriveResult and(RedriveResult other) {
      return switch (this) {
        case Moved(long moved, long left) ->
            switch (other) {
              case Moved(long more, long stay) -> new Moved(moved + more, left + stay);
              case Started it -> it;
              case UnderWay it -> moved + left == 0 ? it : this;
            };
        case Started it -> it;
        case UnderWay it -> other instanceof UnderWay ? it : other.and(this);
      };
    }
  }

  /// At most `limit` messages, without removing them.
  List<DeadLetter> list(int limit);

  /// Moves all messages back to the queues that gave them up, each at least once; one that fails
  /// again comes back here. A message is removed from here only after its queue has stored it, so
  /// that an interruption loses none.
  RedriveResult redrive();
}
