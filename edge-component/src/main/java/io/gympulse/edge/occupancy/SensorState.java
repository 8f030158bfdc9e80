package io.gympulse.edge.occupancy;

import io.gympulse.contract.event.UnknownReason;
import java.time.Instant;
import java.util.Optional;

/// Everything remembered of one sensor.
///
/// @param level its last raw reading
/// @param changedAt when the raw reading last changed
/// @param pending a change that is not yet believed
/// @param reportsEnd whether it ever said that activity ended; a sensor that only ever says
///     "somebody moved" does not hold its level
record SensorState(
    Belief belief, Level level, Instant changedAt, Optional<Pending> pending, boolean reportsEnd) {

  enum Level {
    NONE,
    INACTIVE,
    ACTIVE
  }

  /// @param since when the change began: what the belief will be back-dated to
  /// @param due when it is believed if nothing else happens
  record Pending(Instant since, Instant due) {}

  static SensorState unread(UnknownReason reason, Instant since) {
    return new SensorState(
        Belief.unknown(reason, since), Level.NONE, since, Optional.empty(), false);
  }

  SensorState believing(Belief changed) {
    return new SensorState(changed, level, changedAt, pending, reportsEnd);
  }

  SensorState waiting(Optional<Pending> changed) {
    return new SensorState(belief, level, changedAt, changed, reportsEnd);
  }

  SensorState read(Level changed, Instant at) {
    return new SensorState(belief, changed, at, pending, reportsEnd || changed == Level.INACTIVE);
  }
}
