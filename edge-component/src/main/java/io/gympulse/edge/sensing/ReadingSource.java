package io.gympulse.edge.sensing;

import io.gympulse.contract.id.SensorId;
import java.util.Set;

/// One way by which readings reach the gateway, for a fixed set of sensors.
///
/// Nothing that goes wrong outside (a missing chip, a broker that is down, a payload that cannot be
/// read) is thrown: it shows in [#status] and is tried again.
public interface ReadingSource extends AutoCloseable {

  Set<SensorId> sensors();

  /// Begins to deliver to the listener and returns at once. To be called once.
  void start(Listener listener);

  SourceStatus status();

  /// Stops delivering. Harmless if called again or never started.
  @Override
  void close();

  /// Takes what a source has to tell. Called on the source's own threads: it must not block.
  interface Listener {

    void reading(SensorReading reading);

    /// Nothing is known of these sensors until each of them is read again, though the source itself
    /// may be well: their device is said to be away.
    void unavailable(Set<SensorId> sensors, String reason);

    /// The devices of these sensors, told to be away before, are said to be back: readings of
    // theirs
    /// arrive as they happen, though none has yet.
    void available(Set<SensorId> sensors);

    /// The status differs from the one told before, or the source failed once more: readings that
    /// were told in between hold no longer. A source that is up again says after that which
    /// sensors are unavailable nevertheless.
    void statusChanged(SourceStatus status);
  }
}
