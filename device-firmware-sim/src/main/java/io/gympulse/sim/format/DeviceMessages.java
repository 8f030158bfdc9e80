package io.gympulse.sim.format;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.SensorBehaviour;
import io.gympulse.contract.floorplan.SensorSource;
import io.gympulse.sim.sensor.SensorReading;
import java.util.Optional;

/// Writes readings as the devices do. Zigbee2MQTT:
/// `{"occupancy":true,"battery":87,"linkquality":131}`; plain JSON: `{"active":true,"rssi":-61}`.
/// The property and its polarity are the floor plan's. A level is retained, a pulse is not: a pulse
/// that somebody receives later would be a lie. Stateless.
public final class DeviceMessages {
  private DeviceMessages() {}

  /// The message that carries the reading; empty for a sensor that is wired to GPIO.
  public static Optional<Publication> of(SensorReading reading) {
    Sensor sensor = reading.fitting().sensor();
    return switch (sensor.source()) {
      case SensorSource.Mqtt mqtt -> {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put(mqtt.property(), reading.active() == mqtt.activeWhen());
        int character = Math.floorMod(sensor.id().value().hashCode(), 40);
        switch (mqtt.format()) {
          case ZIGBEE2MQTT ->
              body.put("battery", 100 - character).put("linkquality", 90 + character);
          case JSON -> body.put("rssi", -40 - character);
        }
        boolean retained = sensor.behaviour() == SensorBehaviour.LEVEL;
        yield Optional.of(new Publication(mqtt.topic(), body.toString(), retained));
      }
      case SensorSource.Gpio wired -> Optional.empty();
    };
  }
}
