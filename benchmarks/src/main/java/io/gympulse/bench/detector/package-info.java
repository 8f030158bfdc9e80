/// Steps of the occupancy detector per second on one core. The inputs are generated before the
/// measurement; only the steps are measured.
@NullMarked
package io.gympulse.bench.detector;

import org.jspecify.annotations.NullMarked;
