package io.gympulse.edge.occupancy;

import static io.gympulse.edge.occupancy.SensorState.NEVER;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.Sensor.Model;
import java.time.Duration;

/// When a sensor changes more often than a person can cause: a leaky bucket (the generic cell rate
/// algorithm of ITU-T I.371) that `allowed` changes fill and one minute empties.
///
/// Alarm management counts three activations in a minute as chatter (ANSI/ISA-18.2). A person may
/// sit down and get up a few times while setting a machine up, so a level sensor is allowed five of
/// each, ten changes. A pulse sensor follows the exercise: nobody repeats one twice a second, so it
/// is allowed 120 pulses. A vibration switch rings for some dozens of edges at each impact: pulses
/// that begin within 250 ms, half the period of the fastest exercise, count as one.
///
/// @param allowed changes in a minute, bounces not counted; of a pulse sensor only beginnings
/// @param apart milliseconds after a counted change during which further ones are not counted
/// @param quietPeriod milliseconds without a change until the sensor is trusted again
/// @param longestBurst milliseconds for which a level may bounce without settling
record ChatterRule(int allowed, long apart, long quietPeriod, long longestBurst) {
  private static final long WINDOW = Duration.ofMinutes(1).toMillis();
  private static final long SHORTEST_QUIET_PERIOD = 2 * WINDOW;
  private static final int LEVEL_CHANGES = 10;
  private static final int PULSES = 120;
  private static final long RINGING = 250;
  private static final int BURST_SETTLES = 5;

  static ChatterRule of(Sensor sensor) {
    var timing = sensor.timing();
    long longestDecision =
        Math.max(
            timing.minimumOn().toMillis(),
            Math.max(timing.vacancyTimeout().toMillis(), timing.hold().toMillis()));
    boolean level = sensor.behaviour().model() == Model.LEVEL;
    return new ChatterRule(
        level ? LEVEL_CHANGES : PULSES,
        level ? 0 : RINGING,
        Math.max(SHORTEST_QUIET_PERIOD, longestDecision),
        Math.max(WINDOW, BURST_SETTLES * timing.settle().toMillis()));
  }

  /// Counts a change.
  ///
  /// @return whether it exceeds the allowed rate
  boolean exceededBy(SensorState.Builder next, long at) {
    if (next.countedAt != NEVER && at - next.countedAt < apart) {
      return false;
    }
    next.countedAt = at;
    next.chatterTime = Math.max(next.chatterTime, at) + WINDOW / allowed;
    return next.chatterTime - at > WINDOW;
  }
}
