/// What is told to those who watch live: who hears an update, and how it reads on the wire.
/// Pure, so that every way of delivery (this process's sockets, connections elsewhere) tells alike.
@NullMarked
package io.gympulse.cloud.core.broadcast;

import org.jspecify.annotations.NullMarked;
