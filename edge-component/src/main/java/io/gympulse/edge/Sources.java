package io.gympulse.edge;

import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.SensorSource.Gpio;
import io.gympulse.contract.floorplan.SensorSource.Mqtt;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.configuration.GatewayConfiguration;
import io.gympulse.edge.sensing.SensorSource;
import io.gympulse.edge.sensing.gpio.GpioSensorSource;
import io.gympulse.edge.sensing.mqtt.MqttSensorSource;
import io.gympulse.edge.time.GatewayTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The sources of readings that a floor plan asks for.
final class Sources {
  private Sources() {}

  static List<SensorSource> of(GatewayConfiguration configuration, GatewayTime time) {
    List<Sensor> mqtt = new ArrayList<>();
    Map<SensorId, Gpio> gpio = new HashMap<>();
    for (Machine machine : configuration.machines()) {
      for (Sensor sensor : machine.sensors()) {
        switch (sensor.source()) {
          case Mqtt _ -> mqtt.add(sensor);
          case Gpio it -> gpio.put(sensor.id(), it);
        }
      }
    }
    List<SensorSource> sources = new ArrayList<>();
    configuration
        .lan()
        .filter(_ -> !mqtt.isEmpty())
        .ifPresent(
            broker -> {
              String clientId = configuration.address().gateway() + "-sensors";
              sources.add(new MqttSensorSource(broker, clientId, mqtt, time, time::wall));
            });
    if (!gpio.isEmpty()) {
      sources.add(new GpioSensorSource(gpio, GpioSensorSource::header, time));
    }
    return sources;
  }
}
