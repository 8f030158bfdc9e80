package io.gympulse.edge.learning;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.SourceConfig;
import io.gympulse.contract.json.JsonTree;
import io.gympulse.contract.mqtt.MqttMapping;
import io.gympulse.contract.mqtt.Selection;
import io.gympulse.contract.mqtt.TopicFilter;
import io.gympulse.contract.mqtt.ValueLocation.PayloadPointer;
import io.gympulse.contract.text.UnicodeText;
import io.gympulse.edge.learning.ValueHistogram.Clusters;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collects the numbers in the messages of MQTT sensors, and reports thresholds between the values
/// of a machine in use and those of an unused one. Of each sensor the first twenty numbers of its
/// messages are collected, by their places. What is no number is ignored. Thread-safe.
public final class ValueCollector {
  private static final JsonTree JSON = JsonTree.standard();
  private static final int MAX_PLACES = 20;
  private static final int MAX_DEPTH = 6;
  private static final int MAX_PAYLOAD_BYTES = 64 << 10;

  private final List<Watched> sensors = new ArrayList<>();

  private static final class Watched {
    final Sensor sensor;
    final MqttMapping mapping;
    final Map<String, ValueHistogram> values = new LinkedHashMap<>();
    long messages;

    Watched(Sensor sensor, MqttMapping mapping) {
      this.sensor = sensor;
      this.mapping = mapping;
    }

    void add(String place, double value) {
      if (Double.isFinite(value) && (values.containsKey(place) || values.size() < MAX_PLACES)) {
        values.computeIfAbsent(place, _ -> new ValueHistogram()).add(value);
      }
    }
  }

  /// @param sensors those whose source is not MQTT are left out
  public ValueCollector(Collection<Sensor> sensors) {
    for (Sensor sensor : sensors) {
      if (sensor.source() instanceof SourceConfig.Mqtt mqtt) {
        this.sensors.add(new Watched(sensor, mqtt.mapping()));
      }
    }
  }

  /// The topic filters to subscribe to, none of which covers another, so that no message arrives
  /// twice.
  public List<String> filters() {
    List<TopicFilter> all = sensors.stream().map(it -> it.mapping.topic()).distinct().toList();
    return all.stream()
        .filter(it -> all.stream().noneMatch(other -> !other.equals(it) && other.covers(it)))
        .map(TopicFilter::text)
        .toList();
  }

  /// Adds the numbers of a message.
  public synchronized void received(String topic, byte[] payload) {
    if (payload.length > MAX_PAYLOAD_BYTES) {
      return;
    }
    for (Watched sensor : sensors) {
      if (sensor.mapping.topic().matches(topic)) {
        sensor.messages++;
        add(sensor, payload);
      }
    }
  }

  private static void add(Watched sensor, byte[] payload) {
    try {
      JsonNode root = JSON.read(UnicodeText.ofUtf8(payload).strip());
      for (JsonNode it : selected(sensor.mapping.selection(), root)) {
        add(sensor, it, "", 0);
      }
    } catch (CharacterCodingException | JsonProcessingException e) {
      // A text, which holds no number.
      return;
    }
  }

  private static List<JsonNode> selected(Selection selection, JsonNode root) {
    List<JsonNode> nodes = new ArrayList<>();
    if (selection.each().isEmpty()) {
      nodes.add(root);
    } else {
      at(root, selection.each().get()).forEach(nodes::add);
    }
    nodes.removeIf(
        node ->
            selection.where().entrySet().stream()
                .anyMatch(it -> !it.getValue().contains(at(node, it.getKey()).asText().strip())));
    return nodes;
  }

  private static JsonNode at(JsonNode node, PayloadPointer pointer) {
    return node.at(JsonPointer.compile(pointer.text()));
  }

  private static void add(Watched sensor, JsonNode node, String place, int depth) {
    if (node.isNumber()) {
      sensor.add(place, node.doubleValue());
    } else if (depth < MAX_DEPTH) {
      node.properties()
          .forEach(
              it ->
                  add(
                      sensor,
                      it.getValue(),
                      place + PayloadPointer.toField(it.getKey()).text(),
                      depth + 1));
    }
  }

  /// What was collected so far, as lines for a person. Thresholds are in the form of a floor plan.
  public synchronized List<String> report() {
    List<String> lines = new ArrayList<>();
    for (Watched it : sensors) {
      lines.add(
          "sensor %s on %s: %d messages"
              .formatted(it.sensor.id(), it.mapping.topic(), it.messages));
      if (it.messages > 0 && it.values.isEmpty()) {
        lines.add("  no numbers, so that it needs no thresholds");
      }
      List<String> others = new ArrayList<>();
      it.values.forEach(
          (place, values) ->
              values
                  .clusters()
                  .ifPresentOrElse(
                      found -> lines.addAll(thresholds(place, values.count(), found)),
                      () -> others.add(range(place, values))));
      if (!others.isEmpty()) {
        lines.add("  no two clusters, so no thresholds: " + String.join("; ", others));
      }
    }
    return lines;
  }

  private static List<String> thresholds(String place, long count, Clusters it) {
    return List.of(
        "  %s: %d values, from %s to %s and from %s to %s"
            .formatted(
                name(place),
                count,
                text(it.lowest()),
                text(it.lowerEnd()),
                text(it.upperStart()),
                text(it.highest())),
        "    if in use means more: \"active\": {\"above\": %s}, \"inactive\": {\"below\": %s}"
            .formatted(text(it.above()), text(it.below())),
        "    if in use means less: \"active\": {\"below\": %s}, \"inactive\": {\"above\": %s}"
            .formatted(text(it.below()), text(it.above())));
  }

  private static String range(String place, ValueHistogram values) {
    return "%s, %d values from %s to %s"
        .formatted(name(place), values.count(), text(values.lowest()), text(values.highest()));
  }

  private static String name(String place) {
    return place.isEmpty() ? "plain text" : "\"pointer\": \"%s\"".formatted(place);
  }

  private static String text(double value) {
    return Double.toString(value).replaceFirst("\\.0$", "");
  }
}
