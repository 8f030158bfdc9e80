/// How many steps of the occupancy detector one core takes in a second. The inputs are made before
/// the measurement; nothing but the steps is measured.
@NullMarked
package io.gympulse.bench.detector;

import org.jspecify.annotations.NullMarked;
