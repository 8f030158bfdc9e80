/// Sensors on GPIO lines, by Pi4J's interface: a source for each chip. Where a chip is missing its
/// source reports that and keeps looking.
@NullMarked
package io.gympulse.edge.sensing.gpio;

import org.jspecify.annotations.NullMarked;
