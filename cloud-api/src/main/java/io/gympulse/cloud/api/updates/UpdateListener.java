package io.gympulse.cloud.api.updates;

import io.gympulse.cloud.core.feed.FeedUpdate;
import java.time.Instant;
import java.util.function.Consumer;

/// Receives the updates and the status of a source, from one thread at a time.
public interface UpdateListener extends Consumer<FeedUpdate> {
  void status(Status status);

  /// Whether updates arrive from the source.
  sealed interface Status {
    /// @param since when the connection was established
    record Connected(Instant since) implements Status {}

    /// @param since when the connection broke, or the process started
    /// @param reason for an operator
    record Disconnected(Instant since, String reason) implements Status {}
  }
}
