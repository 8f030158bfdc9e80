/// The MQTT broker with mutual TLS, policies and limits of AWS IoT Core.
/// Artemis does the protocol; this package says who may do what and where messages go.
@NullMarked
package io.gympulse.local.broker;

import org.jspecify.annotations.NullMarked;
