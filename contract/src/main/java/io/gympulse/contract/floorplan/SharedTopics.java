package io.gympulse.contract.floorplan;

import io.gympulse.contract.mqtt.MqttMapping;
import java.util.List;

/// Refuses a topic by which one sensor would receive another sensor's readings as its own, or
/// another sensor's availability as a reading.
final class SharedTopics {
  private SharedTopics() {}

  private record Reader(Sensor sensor, MqttMapping mapping) {

    boolean receivesReadingsOf(Reader other) {
      return !sensor.id().equals(other.sensor.id())
          && mapping.topic().overlaps(other.mapping.topic())
          && mapping.level().location().equals(other.mapping.level().location())
          && !mapping.selection().isApartFrom(other.mapping.selection());
    }

    boolean receivesAvailabilityOf(Reader other) {
      return mapping.topic().hasWildcard()
          && other.mapping.availability().stream()
              .anyMatch(it -> mapping.topic().matches(it.topic().text()));
    }

    IllegalArgumentException availabilityException(Reader other) {
      return new IllegalArgumentException(
          "sensor '%s': topic '%s' also matches the availability topic of sensor '%s'; narrow it"
              .formatted(sensor.id(), mapping.topic(), other.sensor.id()));
    }

    IllegalArgumentException readingsException(Reader other) {
      return new IllegalArgumentException(
          ("sensor '%s': topic '%s' also matches readings of sensor '%s' on '%s'; narrow it, or give"
                  + " another 'pointer', or a 'where' by which they differ")
              .formatted(sensor.id(), mapping.topic(), other.sensor.id(), other.mapping.topic()));
    }
  }

  static void refuse(List<Machine> machines) {
    List<Reader> readers =
        machines.stream()
            .flatMap(it -> it.sensors().stream())
            .filter(it -> it.source() instanceof SourceConfig.Mqtt)
            .map(it -> new Reader(it, ((SourceConfig.Mqtt) it.source()).mapping()))
            .toList();
    for (Reader reader : readers) {
      for (Reader other : readers) {
        if (reader.receivesReadingsOf(other)) {
          throw reader.readingsException(other);
        }
        if (reader.receivesAvailabilityOf(other)) {
          throw reader.availabilityException(other);
        }
      }
    }
  }
}
