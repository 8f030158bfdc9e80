/// Sensors on the gym's own MQTT broker, in the formats of Zigbee2MQTT and of plain JSON.
@NullMarked
package io.gympulse.edge.sensing.mqtt;

import org.jspecify.annotations.NullMarked;
