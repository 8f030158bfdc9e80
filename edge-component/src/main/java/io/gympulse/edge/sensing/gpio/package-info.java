/// Sensors on GPIO lines, through Pi4J inputs on [io.gympulse.edge.sensing.gpio.line.LineReader]:
/// one source per chip. If a chip is missing, its source reports that and retries.
@NullMarked
package io.gympulse.edge.sensing.gpio;

import org.jspecify.annotations.NullMarked;
