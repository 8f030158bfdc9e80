package io.gympulse.cloud.core.memory;

import io.gympulse.cloud.core.device.MetricPoint;
import io.gympulse.cloud.core.device.MetricPoint.DeviceId;
import io.gympulse.cloud.core.device.MetricPoint.MetricName;
import io.gympulse.cloud.core.device.MetricPoints;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Points in maps, behind one lock.
public final class InMemoryMetricPoints implements MetricPoints {
  private final Map<DeviceId, Map<MetricName, NavigableMap<Instant, MetricPoint>>> points =
      new TreeMap<>();

  @Override
  public synchronized List<NotStored> put(List<MetricPoint> given) {
    for (MetricPoint point : given) {
      points
          .computeIfAbsent(point.device(), _ -> new TreeMap<>())
          .computeIfAbsent(point.metric(), _ -> new TreeMap<>())
          .put(point.at(), point);
    }
    return List.of();
  }

  @Override
  public synchronized List<MetricPoint> range(
      DeviceId device, MetricName metric, Instant from, Instant to, int most) {
    NavigableMap<Instant, MetricPoint> series =
        points.getOrDefault(device, Map.of()).getOrDefault(metric, new TreeMap<>());
    return from.isBefore(to)
        ? series.subMap(from, true, to, false).values().stream().limit(most).toList()
        : List.of();
  }
}
