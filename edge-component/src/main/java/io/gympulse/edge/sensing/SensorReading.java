package io.gympulse.edge.sensing;

import io.gympulse.contract.id.SensorId;
import java.time.Instant;

/// What a sensor said, raw: repeats and bounces included.
///
/// @param active whether it sees somebody, its polarity already applied
/// @param at when the gateway took the reading
public record SensorReading(SensorId sensor, boolean active, Instant at) {}
