/// MQTT topics, the IoT rules that select them, and the policy that limits a gateway to its own.
/// The same constants serve the local cloud and AWS.
@NullMarked
package io.gympulse.contract.topic;

import org.jspecify.annotations.NullMarked;
