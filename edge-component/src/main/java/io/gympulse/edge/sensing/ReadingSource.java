package io.gympulse.edge.sensing;

import io.gympulse.contract.id.SensorId;
import java.util.Set;

/// A connection over which the readings of a fixed set of sensors reach the gateway.
///
/// External failures (a missing chip, an unreachable broker, a malformed payload) are not thrown:
/// they show in [#status], and the source retries.
public interface ReadingSource extends AutoCloseable {

  Set<SensorId> sensors();

  /// Starts to deliver to the listener and returns at once. To be called once.
  void start(Listener listener);

  SourceStatus status();

  /// Stops delivering. Has no effect if called again or never started.
  @Override
  void close();

  /// Receives what a source delivers. Called on the source's own threads: it must not block.
  interface Listener {

    void reading(SensorReading reading);

    /// The device of these sensors was reported as unavailable, though the source itself may run.
    /// Each sensor's level is unknown until its next reading.
    void unavailable(Set<SensorId> sensors);

    /// The device of these sensors was reported as available again. Their readings arrive as they
    /// happen from now on.
    void available(Set<SensorId> sensors);

    /// The status has changed, or the source has failed once more: earlier readings are no longer
    /// valid. A source that runs again then reports which sensors are still unavailable.
    void statusChanged(SourceStatus status);
  }
}
