/// Simulates the readings of each sensor, with bounce, sparse pulses and faults. Pure: readings are
/// a function of the simulated day, the floor plan and a seed.
@NullMarked
package io.gympulse.sim.sensor;

import org.jspecify.annotations.NullMarked;
