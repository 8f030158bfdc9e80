/// Live updates over WebSocket: this process's connections, and when a client is dropped. Updates
/// are pushed from the cloud's feed; nothing here polls.
@NullMarked
package io.gympulse.cloud.api.stream;

import org.jspecify.annotations.NullMarked;
