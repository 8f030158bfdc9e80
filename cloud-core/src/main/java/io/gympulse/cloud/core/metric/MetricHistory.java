package io.gympulse.cloud.core.metric;

import java.time.Instant;
import java.util.List;

/// Reads measurements. Methods throw [io.gympulse.cloud.core.store.StoreUnavailableException]
/// while the store cannot be read. Safe for any number of threads.
public interface MetricHistory {

  /// The points of one metric within `[from, to)`, oldest first. If there are more than `most`,
  /// those after the last one are found from a millisecond after it.
  ///
  /// @param most how many at most
  List<MetricPoint> range(DeviceId device, MetricName metric, Instant from, Instant to, int most);

  /// What the device has reported, by name.
  List<MetricName> metricsOf(DeviceId device);
}
