package io.gympulse.cloud.state.memory;

import io.gympulse.cloud.state.raw.RawStore;
import io.gympulse.cloud.state.raw.RawStoreContract;

class InMemoryRawStoreTest extends RawStoreContract {
  @Override
  protected RawStore open() {
    return new InMemoryRawStore();
  }
}
