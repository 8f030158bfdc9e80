package io.gympulse.cloud.api.feed;

import io.gympulse.cloud.core.feed.FeedUpdate;
import java.util.function.Consumer;

/// Takes what a feed delivers, from one thread at a time.
@FunctionalInterface
public interface FeedSink extends Consumer<FeedUpdate> {
  /// Called once at the start and at each change between connected and broken.
  default void status(FeedStatus status) {}
}
