/// Live updates over WebSocket: who gets what, what it looks like, and when a client is dropped.
/// Updates are pushed from the cloud's feed; nothing here polls.
@NullMarked
package io.gympulse.cloud.api.stream;

import org.jspecify.annotations.NullMarked;
