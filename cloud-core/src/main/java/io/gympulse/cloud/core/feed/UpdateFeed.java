package io.gympulse.cloud.core.feed;

import java.util.function.Consumer;

/// Pushes updates. Only the newest update of each machine and gateway is kept: a consumer that
/// resumes from a position receives the current state of what changed since, without intermediate
/// updates.
public interface UpdateFeed {
  /// The position of the newest update; 0 before the first.
  long position();

  /// Delivers the updates after a position, in order, then each as it happens, on one thread, until
  /// closed. A position beyond the newest (of a store that no longer exists) counts as 0.
  Subscription subscribe(long after, Consumer<FeedUpdate> listener);

  /// A running delivery.
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /// A consumer's position in the feed, kept over restarts. Methods throw
  /// [io.gympulse.cloud.core.store.StoreUnavailableException] while it cannot be read or written.
  interface FeedCursor {
    /// The position after which the consumer resumes; 0 before the first move.
    long position();

    /// Stores the position up to which all updates are processed.
    void move(long position);
  }
}
