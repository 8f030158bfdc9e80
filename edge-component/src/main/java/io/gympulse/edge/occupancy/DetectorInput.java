package io.gympulse.edge.occupancy;

import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.SensorReading;
import java.util.Set;

/// What can happen to a detector.
public sealed interface DetectorInput {

  record Reading(SensorReading reading) implements DetectorInput {}

  /// Time has passed.
  record Tick() implements DetectorInput {}

  /// The source of these sensors cannot deliver readings any more.
  record SourceDown(Set<SensorId> sensors) implements DetectorInput {}
}
