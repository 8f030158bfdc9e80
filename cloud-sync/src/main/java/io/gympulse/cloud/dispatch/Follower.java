package io.gympulse.cloud.dispatch;

import io.gympulse.cloud.core.feed.FeedUpdate;
import java.time.Instant;

/// A feature that follows the feed. Idempotent: an update may come again, and updates of different
/// machines and gateways in any order. Safe for any number of threads.
public interface Follower {
  /// Short and stable, for cursors, counters and logs.
  String name();

  /// @throws RuntimeException if it could not; the update comes again then
  void follow(FeedUpdate update, Instant now);
}
