package io.gympulse.cloud.state.sqlite;

import io.gympulse.cloud.state.store.FeedingStore;
import io.gympulse.cloud.state.store.FeedingStoreContract;

class SqliteFeedTest extends FeedingStoreContract {
  @Override
  protected FeedingStore open() {
    return SqliteCloudStoreTest.fresh();
  }
}
