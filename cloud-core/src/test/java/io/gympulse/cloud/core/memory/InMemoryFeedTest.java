package io.gympulse.cloud.core.memory;

import io.gympulse.cloud.core.store.FeedingStore;
import io.gympulse.cloud.core.store.FeedingStoreContract;

class InMemoryFeedTest extends FeedingStoreContract {
  @Override
  protected FeedingStore open() {
    return new InMemoryCloudStore();
  }
}
