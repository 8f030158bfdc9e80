/// Live updates for clients: who subscribed to what, what an update is on the wire, and the open
/// connections where another service holds them. Pure but for the ports, so that every transport
/// delivers the same.
@NullMarked
package io.gympulse.cloud.core.broadcast;

import org.jspecify.annotations.NullMarked;
