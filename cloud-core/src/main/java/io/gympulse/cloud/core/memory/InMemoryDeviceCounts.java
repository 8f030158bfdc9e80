package io.gympulse.cloud.core.memory;

import io.gympulse.cloud.core.device.DeviceCounts;
import io.gympulse.cloud.core.device.DeviceCounts.DeviceCount;
import io.gympulse.cloud.core.device.DeviceCounts.DeviceItem;
import io.gympulse.cloud.core.device.DeviceCounts.ItemId;
import io.gympulse.cloud.core.device.DeviceKind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Counts in maps, behind one lock.
public final class InMemoryDeviceCounts implements DeviceCounts {
  private final Map<ItemId, Instant> countedUntil = new HashMap<>();
  private final Map<LocalDate, Map<DeviceKind, Long>> counts = new HashMap<>();

  @Override
  public synchronized boolean addOnce(DeviceItem item, Instant now) {
    countedUntil.values().removeIf(until -> !until.isAfter(now));
    if (countedUntil.putIfAbsent(item.id(), now.plus(REMEMBERED)) != null) {
      return false;
    }
    counts.computeIfAbsent(item.date(), _ -> new TreeMap<>()).merge(item.kind(), 1L, Long::sum);
    return true;
  }

  @Override
  public synchronized List<DeviceCount> of(LocalDate date) {
    return counts.getOrDefault(date, Map.of()).entrySet().stream()
        .map(it -> new DeviceCount(date, it.getKey(), it.getValue()))
        .toList();
  }
}
