package io.gympulse.contract.floorplan;

import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.contract.floorplan.Sensor.Behaviour;
import io.gympulse.contract.floorplan.Sensor.Model;
import io.gympulse.contract.mqtt.MqttMapping;
import io.gympulse.contract.mqtt.MqttMapping.AvailabilityMapping;
import io.gympulse.contract.mqtt.ValueLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds what is valid in a floor plan but may not be what its author means.
final class FloorPlanHints {
  /// Names under which motion sensors report that somebody moves.
  private static final Set<String> MOTION = Set.of("occupancy", "motion", "pir");

  private FloorPlanHints() {}

  /// @param tree the text, parsed
  /// @return in the order of the text
  static List<FloorPlanRemark> of(FloorPlan plan, JsonNode tree, String json) {
    List<Map.Entry<String, String>> hints = new ArrayList<>();
    for (int i = 0; i < plan.machines().size(); i++) {
      List<Sensor> sensors = plan.machines().get(i).sensors();
      for (int j = 0; j < sensors.size(); j++) {
        JsonNode node = tree.at("/machines/%d/sensors/%d".formatted(i, j));
        String path = "machines[%d].sensors[%d]".formatted(i, j);
        for (String hint : of(sensors.get(j), node)) {
          hints.add(Map.entry(path, "sensor %s: %s".formatted(sensors.get(j).id(), hint)));
        }
      }
    }
    return FloorPlanRemark.byLine(FloorPlanRemark.located(json, hints));
  }

  private static List<String> of(Sensor sensor, JsonNode node) {
    List<String> hints = new ArrayList<>();
    if (sensor.source() instanceof SourceConfig.Mqtt mqtt) {
      guessedAvailability(mqtt.mapping(), node.path("source")).ifPresent(hints::add);
      undetectedSilence(sensor, mqtt.mapping()).ifPresent(hints::add);
      otherBehaviour(sensor, mqtt.mapping()).ifPresent(hints::add);
    }
    return hints;
  }

  private static Optional<String> guessedAvailability(MqttMapping mapping, JsonNode source) {
    if (mapping.availability().isEmpty() || source.has("availability") || source.has("device")) {
      return Optional.empty();
    }
    return Optional.of(
        "whether its device is online is read from %s, as guessed from 'topic'; if that is wrong,"
                .formatted(
                    mapping.availability().stream()
                        .map(AvailabilityMapping::topic)
                        .map(Object::toString)
                        .collect(Collectors.joining(" and ")))
            + " give 'availability', or false if nothing reports it");
  }

  /// A free machine and a dead sensor without a level are alike.
  private static Optional<String> undetectedSilence(Sensor sensor, MqttMapping mapping) {
    boolean undetected =
        sensor.behaviour().model() != Model.LEVEL
            && sensor.timing().silentAfter().isEmpty()
            && mapping.availability().isEmpty();
    return undetected
        ? Optional.of(
            "if it dies, its machine stays free, as nothing reports that; give"
                + " 'silentAfterSeconds' if it sends something at regular intervals")
        : Optional.empty();
  }

  private static Optional<String> otherBehaviour(Sensor sensor, MqttMapping mapping) {
    String name = lastName(mapping.level().location());
    Optional<Behaviour> meant =
        MOTION.contains(name)
            ? Optional.of(Behaviour.MOTION)
            : name.equals("vibration") ? Optional.of(Behaviour.VIBRATION) : Optional.empty();
    return sensor.behaviour() == Behaviour.LEVEL
        ? meant.map(
            it ->
                ("'%s' is usually reported only while somebody moves; behaviour '%s' bridges the"
                        + " time between, and the loss of a report")
                    .formatted(name, it.wireName()))
        : Optional.empty();
  }

  private static String lastName(ValueLocation location) {
    List<String> names =
        switch (location) {
          case ValueLocation.WholeText _ -> List.of();
          case ValueLocation.InJson it -> it.pointer().names();
          case ValueLocation.InJsonOrWholeText it -> it.pointer().names();
        };
    return names.isEmpty() ? "" : names.getLast().toLowerCase(Locale.ROOT);
  }
}
