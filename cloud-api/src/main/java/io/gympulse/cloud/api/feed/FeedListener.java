package io.gympulse.cloud.api.feed;

import io.gympulse.cloud.core.feed.FeedUpdate;
import java.time.Instant;
import java.util.function.Consumer;

/// Receives the updates of a feed, from one thread at a time.
@FunctionalInterface
public interface FeedListener extends Consumer<FeedUpdate> {
  /// Called once at the start and at each change between connected and disconnected.
  default void status(Status status) {}

  /// The status of the connection to the feed.
  sealed interface Status {
    /// @param since when the feed answered
    record Connected(Instant since) implements Status {}

    /// @param since when the connection broke, or the process started
    /// @param reason for an operator
    record Disconnected(Instant since, String reason) implements Status {}
  }
}
