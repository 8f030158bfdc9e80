package io.gympulse.edge.binding;

import io.gympulse.contract.floorplan.SourceConfig;
import io.gympulse.contract.mqtt.MqttMapping;
import io.gympulse.contract.mqtt.ValueLocation;
import io.gympulse.contract.mqtt.ValueLocation.PayloadPointer;
import java.util.List;
import java.util.Optional;

/// Compares what a floor plan's sensors read with what is seen on the broker.
final class PlannedTopics {
  private PlannedTopics() {}

  /// Whether a mapping reads a value.
  ///
  /// @param value a topic and the name of a property, which may be empty, with a space between
  static boolean reads(MqttMapping mapping, String value) {
    int space = value.lastIndexOf(' ');
    String topic = space < 0 ? value : value.substring(0, space);
    String property = space < 0 ? "" : value.substring(space + 1);
    return mapping.topic().matches(topic)
        && (property.isEmpty()
            || topic.contains("/" + property)
            || field(mapping.level().location()).filter(it -> !it.equals(property)).isEmpty());
  }

  /// The field of the payload; empty if it is no object, or has one value only.
  private static Optional<String> field(ValueLocation location) {
    if (!(location instanceof ValueLocation.InJson(PayloadPointer pointer))) {
      return Optional.empty();
    }
    List<String> names = pointer.names();
    return names.isEmpty() || names.equals(List.of("state"))
        ? Optional.empty()
        : Optional.of(
            names.getFirst().equals("ENERGY") ? String.join(".", names) : names.getLast());
  }

  /// A source in words.
  static String description(SourceConfig source) {
    return switch (source) {
      case SourceConfig.Mqtt it ->
          it.mapping().topic().text()
              + field(it.mapping().level().location()).map(" \u00b7 %s"::formatted).orElse("");
      case SourceConfig.Gpio it -> it.description();
    };
  }
}
