package io.gympulse.cloud.sqlite;

import io.gympulse.cloud.core.store.FeedingStore;
import io.gympulse.cloud.core.store.FeedingStoreContract;

class SqliteFeedTest extends FeedingStoreContract {
  @Override
  protected FeedingStore open() {
    return SqliteCloudStoreTest.fresh();
  }
}
