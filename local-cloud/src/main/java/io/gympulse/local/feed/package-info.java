/// What the local cloud sends to the API's process: the feed of state updates, and messages for
/// members' WebSockets. Depends on the feed's port, not on a store.
@NullMarked
package io.gympulse.local.feed;

import org.jspecify.annotations.NullMarked;
