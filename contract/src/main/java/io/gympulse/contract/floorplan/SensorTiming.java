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
/// @param deviceHold for a pulse sensor: how long after the last motion the device reports the
///     end, 0 to 600 s
/// @param offDelay how long an active reading is valid unless it is repeated, 10 s to 24 h: after
///     it the sensor counts as inactive, as its report of that may have been lost; empty if the
///     sensor counts as active until it reports inactive
/// @param silentAfter the longest silence of a working sensor, 10 s to 7 days; empty if a working
///     sensor may be silent for any time
public record SensorTiming(
    Duration settle,
    Duration minimumOn,
    Duration vacancyTimeout,
    Duration hold,
    Duration deviceHold,
    Optional<Duration> offDelay,
    Optional<Duration> silentAfter) {
  private static final Duration LONGEST_SETTLE = Duration.ofMinutes(1);
  private static final Duration LONGEST_MINIMUM_ON = Duration.ofMinutes(5);
  private static final Duration LONGEST_VACANCY = Duration.ofHours(1);
  private static final Duration LONGEST_DEVICE_HOLD = Duration.ofMinutes(10);
  private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(10);
  private static final Duration LONGEST_OFF_DELAY = Duration.ofDays(1);
  private static final Duration LONGEST_SILENCE = Duration.ofDays(7);

  /// Every level is accepted at once and valid for any time, and a silent sensor is never taken for
  /// dead.
  public static final SensorTiming NONE =
      new SensorTiming(
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Optional.empty(),
          Optional.empty());

  /// @throws IllegalArgumentException if a duration is out of its range; the message names its key
  ///     in floor-plan files
  public SensorTiming {
    require("settleMs", settle, Duration.ZERO, LONGEST_SETTLE);
    require("minimumOnSeconds", minimumOn, Duration.ZERO, LONGEST_MINIMUM_ON);
    require("vacancySeconds", vacancyTimeout, Duration.ZERO, LONGEST_VACANCY);
    require("holdSeconds", hold, Duration.ZERO, LONGEST_VACANCY);
    require("deviceHoldSeconds", deviceHold, Duration.ZERO, LONGEST_DEVICE_HOLD);
    if (offDelay.isPresent()) {
      require("offDelaySeconds", offDelay.get(), SHORTEST_SILENCE, LONGEST_OFF_DELAY);
    }
    if (silentAfter.isPresent()) {
      require("silentAfterSeconds", silentAfter.get(), SHORTEST_SILENCE, LONGEST_SILENCE);
    }
  }

  private static void require(String key, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "'%s': %s is not in %s to %s"
              .formatted(key, text(key, value), text(key, least), text(key, most)));
    }
  }

  /// The duration in the unit of its key.
  private static String text(String key, Duration value) {
    return key.endsWith("Ms")
        ? Long.toString(value.toMillis())
        : Double.toString(value.toMillis() / 1000.0).replaceFirst("\\.0$", "");
  }

  public SensorTiming withSettle(Duration changed) {
    return new SensorTiming(
        changed, minimumOn, vacancyTimeout, hold, deviceHold, offDelay, silentAfter);
  }

  public SensorTiming withMinimumOn(Duration changed) {
    return new SensorTiming(
        settle, changed, vacancyTimeout, hold, deviceHold, offDelay, silentAfter);
  }

  public SensorTiming withVacancyTimeout(Duration changed) {
    return new SensorTiming(settle, minimumOn, changed, hold, deviceHold, offDelay, silentAfter);
  }

  public SensorTiming withHold(Duration changed) {
    return new SensorTiming(
        settle, minimumOn, vacancyTimeout, changed, deviceHold, offDelay, silentAfter);
  }

  public SensorTiming withDeviceHold(Duration changed) {
    return new SensorTiming(
        settle, minimumOn, vacancyTimeout, hold, changed, offDelay, silentAfter);
  }

  public SensorTiming withOffDelay(Duration changed) {
    return new SensorTiming(
        settle, minimumOn, vacancyTimeout, hold, deviceHold, Optional.of(changed), silentAfter);
  }

  public SensorTiming withoutOffDelay() {
    return new SensorTiming(
        settle, minimumOn, vacancyTimeout, hold, deviceHold, Optional.empty(), silentAfter);
  }

  public SensorTiming withSilentAfter(Duration changed) {
    return new SensorTiming(
        settle, minimumOn, vacancyTimeout, hold, deviceHold, offDelay, Optional.of(changed));
  }
}
