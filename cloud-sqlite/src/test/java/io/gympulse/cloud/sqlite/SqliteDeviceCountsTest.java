package io.gympulse.cloud.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.device.DeviceCounts;
import io.gympulse.cloud.core.device.DeviceCounts.DeviceCount;
import io.gympulse.cloud.core.device.DeviceCounts.DeviceItem;
import io.gympulse.cloud.core.device.DeviceCounts.ItemId;
import io.gympulse.cloud.core.device.DeviceCountsContract;
import io.gympulse.cloud.core.device.DeviceKind;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteDeviceCountsTest extends DeviceCountsContract {
  @Override
  protected DeviceCounts open() {
    return SqliteCloudStore.open(TemporaryFile.named("cloud.db")).deviceCounts();
  }

  @Test
  void counts_and_what_was_counted_outlive_the_process(@TempDir Path folder) {
    Path file = folder.resolve("cloud.db");
    DeviceKind kind = new DeviceKind("light", "on");
    DeviceItem item = new DeviceItem(new ItemId(UUID.randomUUID(), 0), MAY_1, kind);
    try (SqliteCloudStore store = SqliteCloudStore.open(file)) {
      store.deviceCounts().addOnce(item, NOON);
    }
    try (SqliteCloudStore store = SqliteCloudStore.open(file)) {
      assertThat(store.deviceCounts().addOnce(item, NOON)).isFalse();
      assertThat(store.deviceCounts().of(MAY_1)).containsExactly(new DeviceCount(MAY_1, kind, 1));
    }
  }
}
