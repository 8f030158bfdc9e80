package io.gympulse.cloud.core.memory;

import io.gympulse.cloud.core.raw.RawStore;
import io.gympulse.cloud.core.raw.RawStoreContract;

class InMemoryRawStoreTest extends RawStoreContract {
  @Override
  protected RawStore open() {
    return new InMemoryRawStore();
  }
}
