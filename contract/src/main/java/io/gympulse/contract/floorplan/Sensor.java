package io.gympulse.contract.floorplan;

import io.gympulse.contract.id.SensorId;
import java.time.Duration;

/// A sensor on a machine.
///
/// @param settle how long a level must hold before it is believed; zero believes at once
/// @param vacancyTimeout for a pulse sensor: how long without a pulse until the machine is free
public record Sensor(
    SensorId id,
    SensorBehaviour behaviour,
    SensorSource source,
    Duration settle,
    Duration vacancyTimeout) {
  private static final Duration LONGEST_SETTLE = Duration.ofMinutes(1);
  private static final Duration LONGEST_VACANCY = Duration.ofHours(1);

  public Sensor {
    if (behaviour == SensorBehaviour.LEVEL
        && source instanceof SensorSource.Mqtt mqtt
        && !mqtt.mapping().level().words().canBeInactive()) {
      throw new IllegalArgumentException(
          "a level sensor must be able to say that nobody is there; give 'inactive'");
    }
    if (settle.isNegative() || settle.compareTo(LONGEST_SETTLE) > 0) {
      throw new IllegalArgumentException("settle %s is not in 0 to 60 s".formatted(settle));
    }
    if (vacancyTimeout.isNegative() || vacancyTimeout.compareTo(LONGEST_VACANCY) > 0) {
      throw new IllegalArgumentException(
          "vacancy timeout %s is not in 0 to 3600 s".formatted(vacancyTimeout));
    }
    if (behaviour == SensorBehaviour.PULSE && vacancyTimeout.isZero()) {
      throw new IllegalArgumentException("a pulse sensor needs a vacancy timeout of more than 0");
    }
  }
}
