/// Notifies operators of gateways that went offline and of faulty sensors: once per episode, once
/// for its end, and once for many gateways that went offline together.
@NullMarked
package io.gympulse.cloud.incident;

import org.jspecify.annotations.NullMarked;
