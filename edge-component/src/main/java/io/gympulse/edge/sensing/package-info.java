/// Readings from a gym's sensors, however they are connected. A source that fails reports that as
/// its status and retries.
@NullMarked
package io.gympulse.edge.sensing;

import org.jspecify.annotations.NullMarked;
