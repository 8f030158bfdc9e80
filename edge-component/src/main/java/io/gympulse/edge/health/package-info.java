/// Heartbeats. They are small, and a lost one is not sent again.
@NullMarked
package io.gympulse.edge.health;

import org.jspecify.annotations.NullMarked;
