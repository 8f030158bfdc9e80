package io.gympulse.cloud.state.memory;

import io.gympulse.cloud.state.store.CloudStore;
import io.gympulse.cloud.state.store.CloudStoreContract;

class InMemoryCloudStoreTest extends CloudStoreContract {
  @Override
  protected CloudStore open() {
    return new InMemoryCloudStore();
  }
}
