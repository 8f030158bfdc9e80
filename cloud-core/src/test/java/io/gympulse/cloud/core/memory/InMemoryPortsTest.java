package io.gympulse.cloud.core.memory;

import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.core.store.PortsContract;

class InMemoryPortsTest extends PortsContract {
  @Override
  protected CloudStore fresh() {
    return new InMemoryCloudStore();
  }
}
