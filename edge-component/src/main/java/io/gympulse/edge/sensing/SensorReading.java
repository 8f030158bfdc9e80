package io.gympulse.edge.sensing;

import io.gympulse.contract.id.SensorId;
import java.time.Instant;

/// A raw reading of a sensor, repeats and bounces included.
///
/// @param active whether the sensor detects use, its polarity already applied
/// @param at when it happened, on the gateway's timeline
public record SensorReading(SensorId sensor, boolean active, Instant at) {}
