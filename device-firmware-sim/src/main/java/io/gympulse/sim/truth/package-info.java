/// The record of what really happened, kept apart from what sensors said. Judges compare stored
/// occupancy with it.
@NullMarked
package io.gympulse.sim.truth;

import org.jspecify.annotations.NullMarked;
