package io.gympulse.cloud.state.memory;

import io.gympulse.cloud.state.store.CloudStore;
import io.gympulse.cloud.state.store.PortsContract;

class InMemoryPortsTest extends PortsContract {
  @Override
  protected CloudStore fresh() {
    return new InMemoryCloudStore();
  }
}
