package io.gympulse.cloud.state.dynamo;

import io.gympulse.cloud.state.store.CloudStore;
import io.gympulse.cloud.state.store.PortsContract;

class DynamoPortsTest extends PortsContract {
  @Override
  protected CloudStore fresh() {
    return DynamoCloudStoreTest.fresh();
  }
}
