/// What each sensor says about the people in front of it, with bounce, sparse pulses and faults.
/// Pure: readings are a function of the day, the floor plan and a seed.
@NullMarked
package io.gympulse.sim.sensor;

import org.jspecify.annotations.NullMarked;
