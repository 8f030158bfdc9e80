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

    /// The same, at another time.
    OfSensor movedTo(Instant at);
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

    @Override
    public Reading movedTo(Instant at) {
      return new Reading(new SensorReading(reading.sensor(), reading.active(), at));
    }
  }

  /// From here on the sensor's readings arrive as they happen.
  record SourceUp(SensorId sensor, Instant at) implements OfSensor {
    @Override
    public SourceUp movedTo(Instant changed) {
      return new SourceUp(sensor, changed);
    }
  }

  /// No reading of the sensor can arrive any more.
  record SourceDown(SensorId sensor, Instant at) implements OfSensor {
    @Override
    public SourceDown movedTo(Instant changed) {
      return new SourceDown(sensor, changed);
    }
  }

  /// The sensor's device is away, though its source may deliver: nothing is known of it until it
  /// speaks.
  record Away(SensorId sensor, Instant at) implements OfSensor {
    @Override
    public Away movedTo(Instant changed) {
      return new Away(sensor, changed);
    }
  }

  /// Readings of the sensor were dropped because it sent too many.
  record Flooded(SensorId sensor, Instant at) implements OfSensor {
    @Override
    public Flooded movedTo(Instant changed) {
      return new Flooded(sensor, changed);
    }
  }
}
