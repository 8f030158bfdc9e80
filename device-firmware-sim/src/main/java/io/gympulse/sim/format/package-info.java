/// The message formats that sensors publish in, byte for byte as real devices do. A format knows a
/// sensor's topic, property and polarity from the floor plan, and nothing of time or transport.
@NullMarked
package io.gympulse.sim.format;

import org.jspecify.annotations.NullMarked;
