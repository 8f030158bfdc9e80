/// The stores in memory, for tests and as the plainest statement of what is promised.
/// Nothing outlives the process.
@NullMarked
package io.gympulse.cloud.core.memory;

import org.jspecify.annotations.NullMarked;
