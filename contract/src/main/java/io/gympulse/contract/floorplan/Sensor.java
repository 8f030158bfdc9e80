package io.gympulse.contract.floorplan;

import io.gympulse.contract.id.SensorId;

/// A sensor on a machine.
public record Sensor(
    SensorId id, SensorBehaviour behaviour, SensorSource source, SensorTiming timing) {
  public Sensor {
    if (behaviour == SensorBehaviour.LEVEL
        && source instanceof SensorSource.Mqtt mqtt
        && !mqtt.mapping().level().words().canBeInactive()) {
      throw new IllegalArgumentException(
          "a level sensor must be able to say that nobody is there; give 'inactive'");
    }
    if (behaviour == SensorBehaviour.PULSE && timing.vacancyTimeout().isZero()) {
      throw new IllegalArgumentException("a pulse sensor needs a vacancy timeout of more than 0");
    }
    if (behaviour == SensorBehaviour.PULSE && !timing.hold().isZero()) {
      throw new IllegalArgumentException(
          "hold is for level sensors; a pulse sensor has its vacancy timeout");
    }
  }
}
