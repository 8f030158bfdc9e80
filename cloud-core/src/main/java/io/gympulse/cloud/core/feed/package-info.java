/// Changes of current state and presence, pushed in order and resumable. Broadcast and
/// notifications consume this port.
@NullMarked
package io.gympulse.cloud.core.feed;

import org.jspecify.annotations.NullMarked;
