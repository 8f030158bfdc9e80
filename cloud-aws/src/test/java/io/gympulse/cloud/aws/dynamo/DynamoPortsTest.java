package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.core.store.PortsContract;

class DynamoPortsTest extends PortsContract {
  @Override
  protected CloudStore fresh() {
    return DynamoCloudStoreTest.fresh();
  }
}
