package io.gympulse.cloud.core.queue;

import java.util.List;

/// The sending side of a queue. Each message is delivered at least once, in any order. Safe for any
/// number of threads.
public interface WorkQueue {
  /// Sends messages; those not returned are durable when this returns. If the queue cannot be
  /// reached, it does not throw but returns all.
  ///
  /// @param bodies text of at most 256 KB each
  /// @return those that are not in the queue
  List<Unsent> send(List<String> bodies);

  /// A message that is not in the queue. It may be in it nevertheless if the queue's response was
  /// lost: consumers have to be idempotent.
  ///
  /// @param index its position in the given list, from 0
  /// @param reason human-readable
  record Unsent(int index, String reason) {}
}
