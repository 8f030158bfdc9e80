/// Recorded MQTT traffic, read line by line and played at a chosen speed. A line that cannot be
/// read is reported with its number and passed over.
@NullMarked
package io.gympulse.sim.replay;

import org.jspecify.annotations.NullMarked;
