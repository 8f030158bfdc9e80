package io.gympulse.cloud.core.device;

import io.gympulse.cloud.core.device.MetricPoint.DeviceId;
import io.gympulse.cloud.core.device.MetricPoint.MetricName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Stores measurements. Safe for any number of threads.
public interface MetricPoints {
  /// How long a point is kept, from its own time; it may be removed at any moment after.
  Duration KEPT = Duration.ofDays(90);

  /// Stores points; of several with the same device, metric and time the last one is kept. Those
  /// not returned are durable when this returns. Repeating it is harmless.
  ///
  /// @return those that are not stored
  /// @throws io.gympulse.cloud.core.store.StoreUnavailableException if it is unknown which are
  List<NotStored> put(List<MetricPoint> points);

  /// A point that is not stored and may be sent again.
  ///
  /// @param index its position in the given list, from 0
  /// @param reason human-readable
  record NotStored(int index, String reason) {}

  /// The points of one metric within `[from, to)`, oldest first. If there are more than `most`,
  /// read on from a millisecond after the last one.
  ///
  /// @param most how many at most
  /// @throws io.gympulse.cloud.core.store.StoreUnavailableException while the store cannot be read
  List<MetricPoint> range(DeviceId device, MetricName metric, Instant from, Instant to, int most);
}
