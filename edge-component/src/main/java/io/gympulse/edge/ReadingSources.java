package io.gympulse.edge;

import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.SourceConfig.Gpio;
import io.gympulse.contract.floorplan.SourceConfig.GpioChip;
import io.gympulse.contract.floorplan.SourceConfig.Mqtt;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.configuration.GatewayConfiguration;
import io.gympulse.edge.sensing.ReadingSource;
import io.gympulse.edge.sensing.gpio.GpioReadingSource;
import io.gympulse.edge.sensing.gpio.chardev.CharacterDevices;
import io.gympulse.edge.sensing.gpio.line.LineReader;
import io.gympulse.edge.sensing.mqtt.MqttReadingSource;
import io.gympulse.edge.time.GatewayTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Creates the sources of readings for the sensors of a floor plan.
final class ReadingSources {
  private static final Duration RECONCILE_INTERVAL = Duration.ofSeconds(5);

  private ReadingSources() {}

  static List<ReadingSource> of(GatewayConfiguration configuration, GatewayTime time) {
    List<Sensor> mqtt = new ArrayList<>();
    Map<Optional<GpioChip>, Map<SensorId, Gpio>> gpio = new HashMap<>();
    for (Machine machine : configuration.machines()) {
      for (Sensor sensor : machine.sensors()) {
        switch (sensor.source()) {
          case Mqtt _ -> mqtt.add(sensor);
          case Gpio it ->
              gpio.computeIfAbsent(it.chip(), _ -> new HashMap<>()).put(sensor.id(), it);
        }
      }
    }
    List<ReadingSource> sources = new ArrayList<>();
    configuration
        .lan()
        .filter(_ -> !mqtt.isEmpty())
        .ifPresent(
            broker -> {
              String clientId = configuration.address().gateway() + "-sensors";
              sources.add(new MqttReadingSource(broker, clientId, mqtt, time, time::wall));
            });
    LineReader reader = new LineReader(new CharacterDevices(), RECONCILE_INTERVAL);
    gpio.forEach((chip, lines) -> sources.add(GpioReadingSource.on(chip, lines, reader, time)));
    return sources;
  }
}
