package io.gympulse.contract.floorplan;

import java.time.Duration;
import java.util.Optional;

/// How a sensor's readings are filtered over time.
///
/// @param settle how long a level must hold before it is accepted, 0 to 60 s; 0 accepts it at once
/// @param minimumOn an activity shorter than this is ignored, 0 to 300 s
/// @param vacancyTimeout for a pulse sensor: how long without a pulse until the machine is free, up
///     to 1 h
/// @param hold for a level sensor: how long it must stay inactive until the machine is free, 0 to
///     1 h; bridges rests between sets
/// @param silentAfter the longest silence of a working sensor, 10 s to 7 days; empty if a working
///     sensor may be silent for any time
public record SensorTiming(
    Duration settle,
    Duration minimumOn,
    Duration vacancyTimeout,
    Duration hold,
    Optional<Duration> silentAfter) {
  private static final Duration LONGEST_SETTLE = Duration.ofMinutes(1);
  private static final Duration LONGEST_MINIMUM_ON = Duration.ofMinutes(5);
  private static final Duration LONGEST_VACANCY = Duration.ofHours(1);
  private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(10);
  private static final Duration LONGEST_SILENCE = Duration.ofDays(7);

  /// Every level is accepted at once, and a silent sensor is never taken for dead.
  public static final SensorTiming NONE =
      new SensorTiming(
          Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Optional.empty());

  public SensorTiming {
    require("settle", settle, Duration.ZERO, LONGEST_SETTLE);
    require("minimum on", minimumOn, Duration.ZERO, LONGEST_MINIMUM_ON);
    require("vacancy timeout", vacancyTimeout, Duration.ZERO, LONGEST_VACANCY);
    require("hold", hold, Duration.ZERO, LONGEST_VACANCY);
    if (silentAfter.isPresent()) {
      require("silence", silentAfter.get(), SHORTEST_SILENCE, LONGEST_SILENCE);
    }
  }

  private static void require(String what, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "%s %s is not in %d to %d s".formatted(what, value, least.toSeconds(), most.toSeconds()));
    }
  }

  public SensorTiming withSettle(Duration changed) {
    return new SensorTiming(changed, minimumOn, vacancyTimeout, hold, silentAfter);
  }

  public SensorTiming withMinimumOn(Duration changed) {
    return new SensorTiming(settle, changed, vacancyTimeout, hold, silentAfter);
  }

  public SensorTiming withVacancyTimeout(Duration changed) {
    return new SensorTiming(settle, minimumOn, changed, hold, silentAfter);
  }

  public SensorTiming withHold(Duration changed) {
    return new SensorTiming(settle, minimumOn, vacancyTimeout, changed, silentAfter);
  }

  public SensorTiming withSilentAfter(Duration changed) {
    return new SensorTiming(settle, minimumOn, vacancyTimeout, hold, Optional.of(changed));
  }
}
