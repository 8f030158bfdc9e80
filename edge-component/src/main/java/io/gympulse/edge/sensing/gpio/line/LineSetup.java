package io.gympulse.edge.sensing.gpio.line;

import io.gympulse.contract.floorplan.GpioPull;
import java.time.Duration;

/// How one line is to be read.
///
/// @param line its offset on the chip
/// @param debounce how long a level must hold until it is reported; zero reports every edge
public record LineSetup(int line, GpioPull pull, Duration debounce) {}
