/// MQTT topics, the AWS IoT rules that select them, and the policies that restrict clients to their
/// own. The local cloud and AWS use the same constants.
@NullMarked
package io.gympulse.contract.topic;

import org.jspecify.annotations.NullMarked;
