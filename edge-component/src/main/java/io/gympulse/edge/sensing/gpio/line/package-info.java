/// Reads GPIO lines of any number of chips on one thread that sleeps until an edge comes. The
/// operating system is behind the port [io.gympulse.edge.sensing.gpio.line.GpioChips].
@NullMarked
package io.gympulse.edge.sensing.gpio.line;

import org.jspecify.annotations.NullMarked;
