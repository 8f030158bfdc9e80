package io.gympulse.edge.sensing.mqtt;

import io.gympulse.contract.id.SensorId;
import io.gympulse.contract.mqtt.MqttMapping.AvailabilityMapping;
import io.gympulse.edge.sensing.mqtt.MqttMessage.ReadResult;
import io.gympulse.edge.sensing.mqtt.MqttMessage.ReadResult.Defect;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// A device, or a bridge of devices, whose availability a topic reports.
///
/// @param sensors of the device; grows while the router is created
record DeviceAvailability(
    AvailabilityMapping mapping, ValueReader reader, List<MqttSensor> sensors) {
  DeviceAvailability(AvailabilityMapping mapping) {
    this(mapping, new ValueReader(mapping.location(), false), new ArrayList<>());
  }

  String topic() {
    return mapping.topic().text();
  }

  /// Whether the device is available, according to a message of its topic.
  ReadResult<Boolean> read(MqttMessage message) {
    return reader
        .read(message)
        .then(
            it -> {
              boolean online = mapping.online().contains(it.text());
              return online || mapping.offline().contains(it.text())
                  ? ReadResult.value(online)
                  : ReadResult.malformed(Defect.UNKNOWN_VALUE);
            });
  }

  Set<SensorId> sensorsWhere(Predicate<MqttSensor> condition) {
    Set<SensorId> found = new LinkedHashSet<>();
    sensors.stream().filter(condition).map(MqttSensor::id).forEach(found::add);
    return found;
  }
}
