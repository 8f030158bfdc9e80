package io.gympulse.cloud.core.memory;

import io.gympulse.cloud.core.count.DeviceCounts;
import io.gympulse.cloud.core.count.DeviceCountsContract;

class InMemoryDeviceCountsTest extends DeviceCountsContract {
  @Override
  protected DeviceCounts open() {
    return new InMemoryDeviceCounts();
  }
}
