/// Replays recorded MQTT traffic, line by line, at a given speed. A malformed line is reported with
/// its number and skipped.
@NullMarked
package io.gympulse.sim.replay;

import org.jspecify.annotations.NullMarked;
