package io.gympulse.cloud.core.feed;

import java.time.Instant;

/// A feature that consumes the feed. Idempotent: an update may be delivered again, and updates of
/// different machines and gateways in any order. Safe for any number of threads.
public interface FeedConsumer {
  /// Short and stable, for cursors, counters and logs.
  String name();

  /// @throws RuntimeException if it failed; the update is then delivered again
  void consume(FeedUpdate update, Instant now);
}
