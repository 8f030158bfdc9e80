/// The HTTP side of the local cloud: the pushed feed of state updates, health, and faults for
/// tests. It binds to the loopback unless told otherwise and knows no store, only ports.
@NullMarked
package io.gympulse.local.feed;

import org.jspecify.annotations.NullMarked;
