package io.gympulse.cloud.core.metric;

import java.time.Duration;
import java.util.List;

/// Stores measurements. Safe for any number of threads.
public interface MetricPoints extends MetricHistory {

  /// How long a point is kept, from its own time; it may go at any moment after.
  Duration KEPT = Duration.ofDays(90);

  /// Stores points; of several with the same device, metric and time the last one stays. Those not
  /// named in the answer are durable when this returns. Storing points again is harmless.
  ///
  /// @return those that are not stored
  /// @throws io.gympulse.cloud.core.store.StoreUnavailableException if it is unknown which are
  List<Unkept> put(List<MetricPoint> points);

  /// A point that is not stored and may be sent again.
  ///
  /// @param index its place in the list given, from 0
  /// @param reason for people
  record Unkept(int index, String reason) {}
}
