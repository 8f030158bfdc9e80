/// Pi4J's digital inputs on the lines of [io.gympulse.edge.sensing.gpio.line.LineReader]. Whoever
/// reads inputs by Pi4J's interface need not know where they come from.
@NullMarked
package io.gympulse.edge.sensing.gpio.provider;

import org.jspecify.annotations.NullMarked;
