package io.gympulse.edge.occupancy;

import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.SensorReading;
import java.time.Instant;

/// What can happen to a detector, and when it did.
public sealed interface DetectorInput {
  Instant at();

  /// Time has passed.
  record Tick(Instant at) implements DetectorInput {}

  /// Something that concerns one sensor.
  sealed interface OfSensor extends DetectorInput {
    SensorId sensor();
  }

  record Reading(SensorReading reading) implements OfSensor {
    @Override
    public SensorId sensor() {
      return reading.sensor();
    }

    @Override
    public Instant at() {
      return reading.at();
    }
  }

  /// From here on the sensor's readings arrive as they happen.
  record SourceUp(SensorId sensor, Instant at) implements OfSensor {}

  /// No reading of the sensor can arrive any more.
  record SourceDown(SensorId sensor, Instant at) implements OfSensor {}

  /// Readings of the sensor were dropped because it sent too many.
  record Flooded(SensorId sensor, Instant at) implements OfSensor {}
}
