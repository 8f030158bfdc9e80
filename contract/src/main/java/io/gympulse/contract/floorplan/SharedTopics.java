package io.gympulse.contract.floorplan;

import io.gympulse.contract.mqtt.MqttMapping;
import java.util.List;

/// Refuses a topic by which one sensor would take another one's readings for its own, or the word
/// of another one's availability for a reading.
final class SharedTopics {
  private SharedTopics() {}

  private record Reader(Sensor sensor, MqttMapping mapping) {

    boolean takesFrom(Reader other) {
      return !sensor.id().equals(other.sensor.id())
          && mapping.topic().overlaps(other.mapping.topic())
          && mapping.level().place().equals(other.mapping.level().place());
    }

    boolean takesAvailabilityOf(Reader other) {
      return mapping.topic().hasWildcard()
          && other.mapping.availability().stream()
              .anyMatch(it -> mapping.topic().matches(it.topic().text()));
    }

    IllegalArgumentException availabilityRefusal(Reader other) {
      return new IllegalArgumentException(
          "sensor '%s': topic '%s' takes the availability of sensor '%s', too; narrow it"
              .formatted(sensor.id(), mapping.topic(), other.sensor.id()));
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
      for (Reader other : readers) {
        if (reader.takesFrom(other)) {
          throw reader.refusal(other);
        }
        if (reader.takesAvailabilityOf(other)) {
          throw reader.availabilityRefusal(other);
        }
      }
    }
  }
}
