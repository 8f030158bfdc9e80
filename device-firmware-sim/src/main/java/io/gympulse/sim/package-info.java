/// A simulated gym: its visitors, its sensors, and the LAN on which the sensors publish.
/// [Simulator] is the composition root; the packages below take time and randomness as arguments.
@NullMarked
package io.gympulse.sim;

import org.jspecify.annotations.NullMarked;
