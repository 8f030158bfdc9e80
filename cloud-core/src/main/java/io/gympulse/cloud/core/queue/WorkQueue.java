package io.gympulse.cloud.core.queue;

import java.util.List;

/// The sending side of a queue. Each message is delivered at least once, in any order. Safe for any
/// number of threads.
public interface WorkQueue {

  /// Sends messages; those not named in the answer are durable when this returns. It does not throw
  /// because the queue cannot be reached: then all are named.
  ///
  /// @param bodies text of at most 256 KB each
  /// @return those that are not in the queue
  List<Unsent> send(List<String> bodies);

  /// A message that is not in the queue. It may be there all the same if an answer of the queue was
  /// lost: whatever works on messages has to bear repetition.
  ///
  /// @param index its place in the list given, from 0
  /// @param reason for people
  record Unsent(int index, String reason) {}
}
