/// The MQTT broker with mutual TLS, policies and limits of AWS IoT Core. Artemis implements the
/// protocol; this package adds authorization, limits and the publish listener.
@NullMarked
package io.gympulse.local.broker;

import org.jspecify.annotations.NullMarked;
