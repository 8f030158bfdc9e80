/// Readings from the sensors of a gym, wherever they are attached. A source that fails is a state
/// that is reported and mended, never an end.
@NullMarked
package io.gympulse.edge.sensing;

import org.jspecify.annotations.NullMarked;
