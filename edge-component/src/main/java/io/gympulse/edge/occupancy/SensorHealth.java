package io.gympulse.edge.occupancy;

import io.gympulse.contract.id.SensorId;
import java.time.Instant;

/// How a sensor is judged, and since when.
public record SensorHealth(SensorId sensor, Verdict verdict, Instant since) {

  /// The judgements on a sensor.
  public enum Verdict {
    SOUND,
    /// Nothing was heard of it since the gateway started.
    AWAITED,
    /// It changes more often than anybody could make it.
    CHATTERING,
    /// It has been active for longer than its machine is ever used.
    STUCK,
    /// It has been silent for longer than a living sensor of its kind.
    DEAD,
    /// Its source cannot deliver readings.
    CUT_OFF,
    /// It speaks faster than the gateway listens, so that readings were dropped.
    FLOODING
  }
}
