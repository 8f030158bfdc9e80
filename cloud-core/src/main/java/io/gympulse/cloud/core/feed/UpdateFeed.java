package io.gympulse.cloud.core.feed;

import java.util.function.Consumer;

/// The stream of updates, pushed. It keeps the newest update of each machine and gateway only: who
/// resumes from a position gets what is news to them and no more.
public interface UpdateFeed {

  /// The position of the newest update; 0 before the first.
  long position();

  /// Delivers the updates after a position, in order, then each as it happens, on one thread, until
  /// closed. A position from the future (of a store that is gone) counts as 0.
  Subscription subscribe(long after, Consumer<FeedUpdate> listener);

  /// A running delivery.
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
