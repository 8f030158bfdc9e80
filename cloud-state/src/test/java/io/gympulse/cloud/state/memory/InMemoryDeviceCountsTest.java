package io.gympulse.cloud.state.memory;

import io.gympulse.cloud.state.count.DeviceCounts;
import io.gympulse.cloud.state.count.DeviceCountsContract;

class InMemoryDeviceCountsTest extends DeviceCountsContract {
  @Override
  protected DeviceCounts open() {
    return new InMemoryDeviceCounts();
  }
}
