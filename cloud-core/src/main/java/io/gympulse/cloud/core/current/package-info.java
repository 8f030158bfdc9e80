/// The current state of each machine. Late data changes history but never replaces a newer state.
@NullMarked
package io.gympulse.cloud.core.current;

import org.jspecify.annotations.NullMarked;
