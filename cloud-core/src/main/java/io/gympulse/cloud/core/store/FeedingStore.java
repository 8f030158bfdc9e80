package io.gympulse.cloud.core.store;

import io.gympulse.cloud.core.feed.UpdateFeed;

/// A store that pushes its changes itself. Others have a stream of their own for that.
public interface FeedingStore extends CloudStore {
  UpdateFeed feed();
}
