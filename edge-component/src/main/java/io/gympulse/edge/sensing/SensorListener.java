package io.gympulse.edge.sensing;

import io.gympulse.contract.id.SensorId;
import java.util.Set;

/// Takes what a source has to tell. Called on the source's own threads: it must not block.
public interface SensorListener {

  void reading(SensorReading reading);

  /// Nothing is known of these sensors until each of them is read again, though the source itself
  /// may be well: their device is said to be away.
  void unavailable(Set<SensorId> sensors, String reason);

  /// The devices of these sensors, told to be away before, are said to be back: readings of theirs
  /// arrive as they happen, though none has yet.
  void available(Set<SensorId> sensors);

  /// The status differs from the one told before, or the source failed once more: readings that
  /// were told in between hold no longer. A source that is up again says after that which
  /// sensors are unavailable nevertheless.
  void statusChanged(SourceStatus status);
}
