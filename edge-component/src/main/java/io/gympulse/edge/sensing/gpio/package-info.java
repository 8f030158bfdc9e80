/// Sensors on the lines of the gateway's own GPIO header, by Pi4J. Where there is no such
/// header the source reports that and keeps looking.
@NullMarked
package io.gympulse.edge.sensing.gpio;

import org.jspecify.annotations.NullMarked;
