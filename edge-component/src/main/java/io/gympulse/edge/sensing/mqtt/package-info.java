/// Sensors on the gym's own MQTT broker, each read by its mapping in the floor plan.
@NullMarked
package io.gympulse.edge.sensing.mqtt;

import org.jspecify.annotations.NullMarked;
