/// Tells members and operators: what is told, and the port to what carries it. A channel answers
/// how a delivery went; when it is tried again is decided here, never by the channel.
@NullMarked
package io.gympulse.cloud.alert;

import org.jspecify.annotations.NullMarked;
