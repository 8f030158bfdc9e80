package io.gympulse.cloud.state.store;

import io.gympulse.cloud.state.feed.UpdateFeed;

/// A store that pushes its changes itself. Others have a stream of their own for that.
public interface FeedingStore extends CloudStore {
  UpdateFeed feed();
}
