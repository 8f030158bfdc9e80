package io.gympulse.cloud.core.queue;

import java.util.List;

/// Where the messages are that were given up. Methods throw
/// [io.gympulse.cloud.core.store.StoreUnavailableException] while it cannot be used. Safe for any
/// number of threads.
public interface DeadLetterQueue {

  /// Some of them, at most `limit`, without taking them away.
  List<DeadLetter> list(int limit);

  /// Moves all of them back to the queues that gave them up, each at least once; one that fails
  /// again comes back here. A letter is gone from here only when its queue has done with it, so
  /// that one
  /// that is interrupted is not lost.
  Redriven redrive();
}
