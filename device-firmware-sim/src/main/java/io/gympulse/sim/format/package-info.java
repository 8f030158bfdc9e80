/// The message formats of sensors, byte for byte as real devices publish them. Topic, property and
/// polarity come from the floor plan; time and transport are not part of a format.
@NullMarked
package io.gympulse.sim.format;

import org.jspecify.annotations.NullMarked;
