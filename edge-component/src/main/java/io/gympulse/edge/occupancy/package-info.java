/// Turns raw readings into what a machine's status is and since when. The decisions are pure
/// functions of state, input and time; one thread runs them for the whole floor.
@NullMarked
package io.gympulse.edge.occupancy;

import org.jspecify.annotations.NullMarked;
