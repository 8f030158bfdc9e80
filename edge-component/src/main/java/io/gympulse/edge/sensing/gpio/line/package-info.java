/// Reads GPIO lines of any number of chips on one thread that sleeps until something happens. What
/// it needs of an operating system is the port [io.gympulse.edge.sensing.gpio.line.GpioChips].
@NullMarked
package io.gympulse.edge.sensing.gpio.line;

import org.jspecify.annotations.NullMarked;
