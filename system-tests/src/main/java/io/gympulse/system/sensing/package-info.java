/// Compares what was concluded about machines with the simulator's truth, by kind of sensor. Used
/// by `prove` on what the cloud stored, and by `bench sensing` on what the detectors concluded.
@NullMarked
package io.gympulse.system.sensing;

import org.jspecify.annotations.NullMarked;
