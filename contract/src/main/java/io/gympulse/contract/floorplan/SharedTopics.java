package io.gympulse.contract.floorplan;

import io.gympulse.contract.mqtt.MqttMapping;
import java.util.List;

/// Refuses a topic with a wildcard by which one sensor would take another one's readings for its
/// own.
final class SharedTopics {
  private SharedTopics() {}

  private record Reader(Sensor sensor, MqttMapping mapping) {

    boolean takesFrom(Reader other) {
      return !sensor.id().equals(other.sensor.id())
          && mapping.topic().overlaps(other.mapping.topic())
          && mapping.level().place().equals(other.mapping.level().place());
    }

    IllegalArgumentException refusal(Reader other) {
      return new IllegalArgumentException(
          ("sensor '%s': topic '%s' takes readings of sensor '%s' on '%s', too; narrow it, or give"
                  + " another 'pointer'")
              .formatted(sensor.id(), mapping.topic(), other.sensor.id(), other.mapping.topic()));
    }
  }

  static void refuse(List<Machine> machines) {
    List<Reader> readers =
        machines.stream()
            .flatMap(it -> it.sensors().stream())
            .filter(it -> it.source() instanceof SensorSource.Mqtt)
            .map(it -> new Reader(it, ((SensorSource.Mqtt) it.source()).mapping()))
            .toList();
    for (Reader reader : readers) {
      if (reader.mapping().topic().hasWildcard()) {
        for (Reader other : readers) {
          if (reader.takesFrom(other)) {
            throw reader.refusal(other);
          }
        }
      }
    }
  }
}
