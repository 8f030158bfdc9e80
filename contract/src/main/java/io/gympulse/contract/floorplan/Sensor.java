package io.gympulse.contract.floorplan;

import io.gympulse.contract.id.SensorId;

/// A sensor on a machine.
public record Sensor(
    SensorId id, SensorBehaviour behaviour, SensorSource source, SensorTiming timing) {
  public Sensor {
    if (behaviour == SensorBehaviour.PULSE && timing.vacancyTimeout().isZero()) {
      throw new IllegalArgumentException("a pulse sensor needs a vacancy timeout of more than 0");
    }
    if (behaviour == SensorBehaviour.PULSE && !timing.hold().isZero()) {
      throw new IllegalArgumentException(
          "hold is for level sensors; a pulse sensor has its vacancy timeout");
    }
  }
}
