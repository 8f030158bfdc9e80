package io.gympulse.cloud.state.memory;

import io.gympulse.cloud.state.store.FeedingStore;
import io.gympulse.cloud.state.store.FeedingStoreContract;

class InMemoryFeedTest extends FeedingStoreContract {
  @Override
  protected FeedingStore open() {
    return new InMemoryCloudStore();
  }
}
