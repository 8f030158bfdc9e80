package io.gympulse.cloud.api.feed;

import java.time.Instant;

/// How the link to the feed stands.
public sealed interface FeedStatus {
  /// @param since when the feed answered
  record Connected(Instant since) implements FeedStatus {}

  /// @param since when the link broke, or the process started
  /// @param why in words for an operator
  record Broken(Instant since, String why) implements FeedStatus {}
}
