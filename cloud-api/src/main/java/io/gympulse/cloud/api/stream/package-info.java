/// Live updates over WebSocket: connections, their limits, and dropping slow clients.
/// Updates are pushed from the cloud's feed; nothing here polls.
@NullMarked
package io.gympulse.cloud.api.stream;

import org.jspecify.annotations.NullMarked;
