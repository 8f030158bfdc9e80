/// A gym in a process: people who train, sensors that watch them, and the LAN on which the sensors
/// talk. {@link io.gympulse.sim.Simulator} is the composition root; everything below it takes time
/// and randomness as arguments.
@NullMarked
package io.gympulse.sim;

import org.jspecify.annotations.NullMarked;
