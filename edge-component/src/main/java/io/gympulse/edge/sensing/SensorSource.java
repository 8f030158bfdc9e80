package io.gympulse.edge.sensing;

import io.gympulse.contract.id.SensorId;
import java.util.Set;

/// One way by which readings reach the gateway, for a fixed set of sensors.
///
/// Nothing that goes wrong outside (a missing chip, a broker that is down, a payload that cannot be
/// read) is thrown: it shows in [#status] and is tried again.
public interface SensorSource extends AutoCloseable {

  Set<SensorId> sensors();

  /// Begins to deliver to the listener and returns at once. To be called once.
  void start(SensorListener listener);

  SourceStatus status();

  /// Stops delivering. Harmless if called again or never started.
  @Override
  void close();
}
