package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.core.store.CloudStoreContract;
import java.time.InstantSource;

class DynamoCloudStoreTest extends CloudStoreContract {
  /// Shortly after the samples' time, so that none of them is expired.
  static final InstantSource CLOCK = InstantSource.fixed(NOON.plusSeconds(3_600));

  static DynamoCloudStore fresh() {
    return store(LocalDynamo.freshTables());
  }

  static DynamoCloudStore store(Tables tables) {
    return new DynamoCloudStore(
        new DynamoCalls(LocalDynamo.client(), LocalDynamo.POLICY), tables, CLOCK);
  }

  @Override
  protected CloudStore open() {
    return fresh();
  }
}
