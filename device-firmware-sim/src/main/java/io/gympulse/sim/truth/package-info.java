/// The file of the ground truth, which is independent of what sensors report. `prove` compares
/// stored occupancy with it.
@NullMarked
package io.gympulse.sim.truth;

import org.jspecify.annotations.NullMarked;
