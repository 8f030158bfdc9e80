/// The pushed feed of state updates on the local cloud's HTTP side. It knows no store, only its
/// port.
@NullMarked
package io.gympulse.local.feed;

import org.jspecify.annotations.NullMarked;
