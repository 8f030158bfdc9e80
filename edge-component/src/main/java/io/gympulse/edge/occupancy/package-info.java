/// Derives each machine's status, and since when it holds, from raw readings. The decisions are
/// pure functions of state, input and time; one thread runs them for all machines.
@NullMarked
package io.gympulse.edge.occupancy;

import org.jspecify.annotations.NullMarked;
