package io.gympulse.cloud.core.memory;

import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.core.store.CloudStoreContract;

class InMemoryCloudStoreTest extends CloudStoreContract {
  @Override
  protected CloudStore open() {
    return new InMemoryCloudStore();
  }
}
