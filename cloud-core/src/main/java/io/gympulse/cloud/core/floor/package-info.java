/// Whose machine is this: the floor plans that gyms registered.
/// Machines on none of them are kept apart until somebody adopts them.
@NullMarked
package io.gympulse.cloud.core.floor;

import org.jspecify.annotations.NullMarked;
