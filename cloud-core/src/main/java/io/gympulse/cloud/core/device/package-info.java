/// Reports of devices: raw bodies, counts of devices per type and state, and metrics. Storing the
/// same report again changes nothing.
@NullMarked
package io.gympulse.cloud.core.device;

import org.jspecify.annotations.NullMarked;
