/// The ports in memory, for tests, and as the simplest implementation of each contract. Nothing is
/// kept beyond the process.
@NullMarked
package io.gympulse.cloud.core.memory;

import org.jspecify.annotations.NullMarked;
