/// What each machine is now, by the newest that is known.
/// Backlog that arrives late changes history, not the present.
@NullMarked
package io.gympulse.cloud.core.current;

import org.jspecify.annotations.NullMarked;
