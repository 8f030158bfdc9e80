package io.gympulse.edge.sensing;

import io.gympulse.contract.id.SensorId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// A connection over which the readings of a fixed set of sensors reach the gateway.
///
/// External failures (a missing chip, an unreachable broker, a malformed payload) are not thrown:
/// they show in [#status], and the source retries.
public interface ReadingSource extends AutoCloseable {

  Set<SensorId> sensors();

  /// Starts to deliver and returns at once. To be called once. A source that runs again reports
  /// first that all its sensors are up, then which of them are still unavailable.
  ///
  /// @param receiver called on the source's own threads: it must not block
  void start(Consumer<SensorInput> receiver);

  SourceStatus status();

  /// What has been received of each sensor so far; empty if the source does not count. Safe to call
  /// from any thread.
  default Map<SensorId, SensorStats> stats() {
    return Map.of();
  }

  /// The last messages of each sensor, latest first; empty if the source does not keep them. Safe
  /// to call from any thread.
  default Map<SensorId, List<ReceivedMessage>> messages() {
    return Map.of();
  }

  /// Stops delivering. Has no effect if called again or never started.
  @Override
  void close();
}
