/// The latency from a sensor's message on the gym's network to a member's WebSocket. The broker
/// alone is measured in the same run as the lower bound.
@NullMarked
package io.gympulse.bench.latency;

import org.jspecify.annotations.NullMarked;
