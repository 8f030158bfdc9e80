/// The API as a process of its own: any number of them answer from DynamoDB's tables, and receive
/// updates by MQTT.
@NullMarked
package io.gympulse.cloud.server;

import org.jspecify.annotations.NullMarked;
