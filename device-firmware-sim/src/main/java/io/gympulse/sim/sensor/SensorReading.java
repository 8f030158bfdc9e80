package io.gympulse.sim.sensor;

import java.time.Instant;

/// A sensor says that it is active ("somebody is there") or not. Polarity belongs to the format.
///
/// @param at when the sensor speaks, in whole milliseconds
public record SensorReading(Instant at, Fitting fitting, boolean active) {}
