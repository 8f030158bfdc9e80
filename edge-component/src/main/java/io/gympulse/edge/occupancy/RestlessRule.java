package io.gympulse.edge.occupancy;

import static io.gympulse.edge.occupancy.SensorState.NEVER;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.SensorBehaviour;
import java.time.Duration;

/// When a sensor changes more often than anybody could make it: a leaky bucket (the generic cell
/// rate algorithm of ITU-T I.371) that `allowed` changes fill and one minute empties.
///
/// Alarm practice takes three activations in a minute for chatter (ANSI/ISA-18.2). A person may
/// sit down and get up a few times while setting a machine up, so a level sensor is allowed five,
/// ten changes. A pulse sensor follows the exercise: nobody repeats one twice a second, so it is
/// allowed 120 pulses. A vibration switch rings for some dozens of edges at each impact: pulses
/// that begin within 250 ms, half the time of the fastest exercise, are one.
///
/// @param allowed changes in a minute, bounces not counted; of a pulse sensor only beginnings
/// @param apart what comes within so many milliseconds of a change that was counted is not
/// @param calm how long without a change until such a sensor is believed again
/// @param longestBurst how long a level may go without settling, in milliseconds
record RestlessRule(int allowed, long apart, long calm, long longestBurst) {
  private static final long WINDOW = Duration.ofMinutes(1).toMillis();
  private static final long SHORTEST_CALM = 2 * WINDOW;
  private static final int LEVEL_CHANGES = 10;
  private static final int PULSES = 120;
  private static final long RINGING = 250;
  private static final int BURST_SETTLES = 5;

  static RestlessRule of(Sensor sensor) {
    var timing = sensor.timing();
    long decided =
        Math.max(
            timing.minimumOn().toMillis(),
            Math.max(timing.vacancyTimeout().toMillis(), timing.hold().toMillis()));
    boolean level = sensor.behaviour() == SensorBehaviour.LEVEL;
    return new RestlessRule(
        level ? LEVEL_CHANGES : PULSES,
        level ? 0 : RINGING,
        Math.max(SHORTEST_CALM, decided),
        Math.max(WINDOW, BURST_SETTLES * timing.settle().toMillis()));
  }

  /// Counts a change.
  ///
  /// @return whether it was one too many
  boolean exceededBy(SensorDraft draft, long at) {
    if (draft.countedAt != NEVER && at - draft.countedAt < apart) {
      return false;
    }
    draft.countedAt = at;
    long full = Math.max(draft.restless, at) + WINDOW / allowed;
    draft.restless = full;
    return full - at > WINDOW;
  }
}
