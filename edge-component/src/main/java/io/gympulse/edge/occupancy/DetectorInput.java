package io.gympulse.edge.occupancy;

import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.SensorReading;
import java.time.Instant;

/// An input of an [OccupancyDetector], with its time.
public sealed interface DetectorInput {
  Instant at();

  /// Time has passed.
  record Tick(Instant at) implements DetectorInput {}

  /// An input that concerns one sensor.
  sealed interface SensorInput extends DetectorInput {
    SensorId sensor();

    /// The same input at another time.
    SensorInput withTime(Instant at);
  }

  record Reading(SensorReading reading) implements SensorInput {
    @Override
    public SensorId sensor() {
      return reading.sensor();
    }

    @Override
    public Instant at() {
      return reading.at();
    }

    @Override
    public Reading withTime(Instant at) {
      return new Reading(new SensorReading(reading.sensor(), reading.active(), at));
    }
  }

  /// From now on the sensor's readings arrive as they happen.
  record SourceUp(SensorId sensor, Instant at) implements SensorInput {
    @Override
    public SourceUp withTime(Instant changed) {
      return new SourceUp(sensor, changed);
    }
  }

  /// No reading of the sensor can arrive any more.
  record SourceDown(SensorId sensor, Instant at) implements SensorInput {
    @Override
    public SourceDown withTime(Instant changed) {
      return new SourceDown(sensor, changed);
    }
  }

  /// The sensor's device was reported as unavailable, though its source may run. Its level is
  /// unknown until its next reading.
  record Unavailable(SensorId sensor, Instant at) implements SensorInput {
    @Override
    public Unavailable withTime(Instant changed) {
      return new Unavailable(sensor, changed);
    }
  }

  /// Readings of the sensor were dropped because its queue was full.
  record Overflow(SensorId sensor, Instant at) implements SensorInput {
    @Override
    public Overflow withTime(Instant changed) {
      return new Overflow(sensor, changed);
    }
  }
}
