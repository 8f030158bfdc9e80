package io.gympulse.edge.sensing;

import io.gympulse.contract.id.SensorId;
import java.time.Instant;

/// What a [ReadingSource] delivers of one sensor, with its time on the gateway's timeline.
public sealed interface SensorInput {
  SensorId sensor();

  Instant at();

  /// The same input at another time.
  SensorInput withTime(Instant changed);

  /// A raw reading, repeats and bounces included.
  ///
  /// @param active whether the sensor detects use, its polarity already applied
  /// @param at when it happened
  /// @param stampedAt when it happened by the sensor's own clock, which may be wrong; equal to `at`
  ///     if the sensor states no time. Only differences between readings of one sensor are used:
  ///     readings that were buffered and arrive at once are counted by these times
  record Reading(SensorId sensor, boolean active, Instant at, Instant stampedAt)
      implements SensorInput {
    /// A reading of a sensor that states no time.
    public Reading(SensorId sensor, boolean active, Instant at) {
      this(sensor, active, at, at);
    }

    /// Keeps the sensor's own time.
    @Override
    public Reading withTime(Instant changed) {
      return new Reading(sensor, active, changed, stampedAt);
    }
  }

  /// From now on the sensor's readings arrive as they happen: its source runs, or its device was
  /// reported as available again.
  record SourceUp(SensorId sensor, Instant at) implements SensorInput {
    @Override
    public SourceUp withTime(Instant changed) {
      return new SourceUp(sensor, changed);
    }
  }

  /// No reading of the sensor can arrive any more: its source has failed, or has failed once more.
  /// Earlier readings are no longer valid.
  record SourceDown(SensorId sensor, Instant at) implements SensorInput {
    @Override
    public SourceDown withTime(Instant changed) {
      return new SourceDown(sensor, changed);
    }
  }

  /// The sensor's device was reported as unavailable, though its source may run. Its level is
  /// unknown until its next reading.
  ///
  /// @param reason why, in words for a log line, such as "topic cleared"
  record Unavailable(SensorId sensor, Instant at, String reason) implements SensorInput {
    /// Unavailable by the device's own report.
    public Unavailable(SensorId sensor, Instant at) {
      this(sensor, at, "its device was reported as unavailable");
    }

    @Override
    public Unavailable withTime(Instant changed) {
      return new Unavailable(sensor, changed, reason);
    }
  }

  /// Readings of the sensor were dropped because its queue was full. No source delivers it: the
  /// queue adds it.
  record Overflow(SensorId sensor, Instant at) implements SensorInput {
    @Override
    public Overflow withTime(Instant changed) {
      return new Overflow(sensor, changed);
    }
  }
}
