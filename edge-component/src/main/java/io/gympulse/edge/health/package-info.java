/// What the gateway reports about itself: heartbeats, which are small, and its health in full, to
/// its shadow. A lost heartbeat is not sent again.
@NullMarked
package io.gympulse.edge.health;

import org.jspecify.annotations.NullMarked;
