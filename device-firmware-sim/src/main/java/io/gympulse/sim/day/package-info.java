/// The simulated use of a gym's machines, a pure function of floor plan, seed and start. It is
/// independent of sensors and messages: it is the ground truth that they are compared with.
@NullMarked
package io.gympulse.sim.day;

import org.jspecify.annotations.NullMarked;
