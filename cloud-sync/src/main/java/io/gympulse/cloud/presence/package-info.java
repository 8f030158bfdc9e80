/// Marks silent gateways as offline. Presence never changes the state of machines.
@NullMarked
package io.gympulse.cloud.presence;

import org.jspecify.annotations.NullMarked;
