package io.gympulse.edge.occupancy;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.Sensor.Behaviour;
import io.gympulse.contract.floorplan.Sensor.Model;
import java.time.Duration;

/// When a sensor changes more often than its kind can while it works, by a [LeakyBucket].
///
/// What counts most is what is left after settle, minimum and hold: a machine does not change
/// between free and occupied more than ten times in a minute, as people sit down and get up a few
/// times while they set it up. (Alarm management counts three activations in a minute as chatter:
/// ANSI/ISA-18.2.) The level itself may change often, as that of a passive infrared sensor, a pedal
/// or a lifted weight does, if hold bridges it; above 1,200 changes a minute it is the hum of an
/// open line. A contact or mat moves with a body: one that changes more than once a second for
/// minutes is loose, and a hold would show it as occupied for ever.
///
/// A pulse or a turning magnet comes at most 1,200 times a minute: a flywheel with four magnets at
/// 140 turns changes its reed 1,120 times. Edges within 25 ms, such as bounces, count once; the hum
/// of 50 or 60 Hz still counts 1,500 times. A motion sensor has a time of its own, mostly of
/// seconds, after which it may fire again. A vibration switch rings at each impact, and without a
/// pause on a machine that runs: edges within 250 ms count once, so that it never chatters.
///
/// @param changes of the level or pulses in a minute
/// @param apart milliseconds after a counted change during which further ones are not counted
/// @param statuses changes between free and occupied in a minute
/// @param quietPeriod milliseconds without a change until the sensor is trusted again
/// @param longestBurst milliseconds for which a level may bounce without settling
record ChatterRule(int changes, long apart, int statuses, long quietPeriod, long longestBurst) {
  private static final long SHORTEST_QUIET_PERIOD = Duration.ofMinutes(2).toMillis();
  private static final long SHORTEST_LONGEST_BURST = Duration.ofMinutes(1).toMillis();
  private static final int BURST_SETTLES = 5;
  private static final int ELECTRICAL = 1_200;
  private static final int BODILY = 60;
  private static final int MOTIONS = 120;
  private static final int STATUSES = 10;
  private static final long RINGING = 25;
  private static final long RETRIGGER = 250;

  static ChatterRule of(Sensor sensor) {
    var timing = sensor.timing();
    long longestDecision =
        Math.max(
            timing.minimumOn().toMillis(),
            Math.max(timing.vacancyTimeout().toMillis(), timing.hold().toMillis()));
    return new ChatterRule(
        changes(sensor.behaviour()),
        apart(sensor.behaviour()),
        // The vacancy timeout alone limits how often a pulse sensor's machine becomes free.
        sensor.behaviour().model() == Model.LEVEL ? STATUSES : Integer.MAX_VALUE,
        Math.max(SHORTEST_QUIET_PERIOD, longestDecision),
        Math.max(SHORTEST_LONGEST_BURST, BURST_SETTLES * timing.settle().toMillis()));
  }

  private static int changes(Behaviour behaviour) {
    return switch (behaviour) {
      case LEVEL, POWER, PULSE, ROTATION, VIBRATION -> ELECTRICAL;
      case CONTACT, PRESSURE -> BODILY;
      case MOTION -> MOTIONS;
    };
  }

  private static long apart(Behaviour behaviour) {
    return switch (behaviour) {
      case LEVEL, POWER, CONTACT, PRESSURE -> 0;
      case PULSE, ROTATION -> RINGING;
      case MOTION, VIBRATION -> RETRIGGER;
    };
  }

  /// Counts a change of the level.
  ///
  /// @return whether it exceeds the allowed rate
  boolean exceededByChange(SensorState.Builder next, long at) {
    if (next.changes.sinceLast(at, next.stampedAt) < apart) {
      return false;
    }
    next.changes = next.changes.with(changes, at, next.stampedAt);
    return next.changes.isOver();
  }

  /// Counts a change between free and occupied.
  ///
  /// @return whether it exceeds the allowed rate
  boolean exceededByStatus(SensorState.Builder next, long at) {
    next.statuses = next.statuses.with(statuses, at, next.stampedAt);
    return next.statuses.isOver();
  }
}
