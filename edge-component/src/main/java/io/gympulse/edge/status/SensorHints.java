package io.gympulse.edge.status;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.SourceConfig;
import io.gympulse.contract.mqtt.MqttMapping;
import io.gympulse.contract.mqtt.MqttMapping.AvailabilityMapping;
import io.gympulse.contract.mqtt.ValueLocation;
import io.gympulse.contract.mqtt.ValueLocation.PayloadPointer;
import io.gympulse.edge.sensing.SensorStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Why a sensor may not be visible, by what was received of it.
final class SensorHints {
  private SensorHints() {}

  /// @param connected whether its source runs
  /// @param verdict see [io.gympulse.edge.occupancy.SensorVerdict]
  static List<String> of(Sensor sensor, boolean connected, String verdict, SensorStats stats) {
    if (!(sensor.source() instanceof SourceConfig.Mqtt mqtt)) {
      return List.of();
    }
    MqttMapping mapping = mqtt.mapping();
    List<String> hints = new ArrayList<>();
    if (connected && stats.lastMessageAt().isEmpty()) {
      hints.add("no message yet on %s".formatted(mapping.topic()));
    }
    if (stats.read() == 0 && !stats.seenNames().isEmpty()) {
      pointer(mapping.level().location())
          .ifPresent(
              it ->
                  hints.add(
                      "no '%s'; seen: %s"
                          .formatted(name(it), String.join(", ", stats.seenNames()))));
    }
    stats.lastDefect().ifPresent(it -> hints.add("last malformed message: " + it));
    if (verdict.equals("device-unavailable") && !mapping.availability().isEmpty()) {
      hints.add(
          mapping.availability().stream()
              .map(AvailabilityMapping::topic)
              .map(Object::toString)
              .collect(Collectors.joining(" and ", "whether it is online is read from ", "")));
    }
    return hints;
  }

  private static Optional<PayloadPointer> pointer(ValueLocation location) {
    return switch (location) {
      case ValueLocation.WholeText _ -> Optional.empty();
      case ValueLocation.InJson it -> Optional.of(it.pointer());
      case ValueLocation.InJsonOrWholeText it -> Optional.of(it.pointer());
    };
  }

  /// The name of a field of the payload, else the pointer.
  private static String name(PayloadPointer pointer) {
    List<String> names = pointer.names();
    return names.size() == 1 ? names.getFirst() : pointer.text();
  }
}
