/// How a sensor speaks on MQTT: on which topics, where in a payload its reading is and which texts
/// mean what. Presets fill a mapping for common families of devices; reading payloads by it is the
/// gateway's part, writing them the simulator's.
@NullMarked
package io.gympulse.contract.mqtt;

import org.jspecify.annotations.NullMarked;
