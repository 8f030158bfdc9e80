/// How a sensor's MQTT messages are mapped to readings: its topics, where a payload holds the
/// reading and what its values mean. Presets give the mapping of common families of devices. The
/// gateway reads payloads by a mapping, the simulator writes them.
@NullMarked
package io.gympulse.contract.mqtt;

import org.jspecify.annotations.NullMarked;
