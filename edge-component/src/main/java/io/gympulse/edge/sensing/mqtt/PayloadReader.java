package io.gympulse.edge.sensing.mqtt;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.contract.mqtt.LevelRule;
import io.gympulse.contract.mqtt.MqttMapping;
import io.gympulse.contract.mqtt.MqttMapping.LevelMapping;
import io.gympulse.contract.mqtt.MqttMapping.MissingValue;
import io.gympulse.contract.mqtt.PayloadValues;
import io.gympulse.edge.sensing.mqtt.MqttMessage.ReadResult;
import io.gympulse.edge.sensing.mqtt.MqttMessage.ReadResult.Defect;
import io.gympulse.edge.sensing.mqtt.PayloadReader.Statement.Level;
import io.gympulse.edge.sensing.mqtt.ValueReader.Scalar;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a sensor's payloads as its mapping says. Immutable.
final class PayloadReader {
  private final LevelMapping level;
  private final ValueReader value;
  private final boolean mayBeAbsent;
  private final Optional<TimestampReader> timestamp;
  private final Optional<JsonPointer> each;
  private final Map<JsonPointer, PayloadValues> where = new LinkedHashMap<>();

  /// What a message, or an element of a list in it, says of the sensor.
  sealed interface Statement {

    /// @param timestamp when, by the sensor's own clock, in whole milliseconds; empty if the
    ///     payload has none that can be read
    /// @param housekeeping what it says of the device itself
    record Level(Scalar value, Optional<Instant> timestamp, Housekeeping housekeeping)
        implements Statement {}

    /// The level is said to be unknown.
    ///
    /// @param word that says so
    record Unavailable(String word) implements Statement {}
  }

  PayloadReader(MqttMapping mapping) {
    this.level = mapping.level();
    this.mayBeAbsent = level.missing() == MissingValue.IGNORED;
    this.value = new ValueReader(level.location(), mayBeAbsent);
    this.timestamp = mapping.timestamp().map(TimestampReader::new);
    this.each = mapping.selection().each().map(it -> JsonPointer.compile(it.text()));
    mapping
        .selection()
        .where()
        .forEach((place, values) -> where.put(JsonPointer.compile(place.text()), values));
  }

  /// What a message says, in the order of the timestamps if it has a list whose elements all have
  /// one.
  List<ReadResult<Statement>> read(MqttMessage message) {
    if (each.isEmpty() && where.isEmpty()) {
      Optional<JsonNode> json = value.isInJson(message) ? json(message) : Optional.empty();
      return List.of(value.read(message).then(it -> statement(it, json)));
    }
    if (message.isEmpty()) {
      return List.of(ReadResult.nothing());
    }
    return switch (message.json()) {
      case ReadResult.Value<JsonNode>(JsonNode root) -> read(root);
      case ReadResult.Nothing<JsonNode> _ -> List.of(ReadResult.nothing());
      case ReadResult.Malformed<JsonNode>(Defect defect) ->
          List.of(value.mayBeText() ? ReadResult.nothing() : ReadResult.malformed(defect));
    };
  }

  private static Optional<JsonNode> json(MqttMessage message) {
    return message.json() instanceof ReadResult.Value<JsonNode>(JsonNode root)
        ? Optional.of(root)
        : Optional.empty();
  }

  private List<ReadResult<Statement>> read(JsonNode root) {
    if (each.isPresent() && !root.at(each.get()).isArray()) {
      return List.of(
          mayBeAbsent && root.at(each.get()).isMissingNode()
              ? ReadResult.nothing()
              : ReadResult.malformed(Defect.NO_LIST));
    }
    List<ReadResult<Statement>> results = new ArrayList<>();
    for (JsonNode it : selected(root)) {
      results.add(value.read(it).then(scalar -> statement(scalar, Optional.of(it))));
    }
    if (results.isEmpty()) {
      return List.of(ReadResult.nothing());
    }
    if (results.stream().allMatch(it -> stamp(it).isPresent())) {
      results.sort(Comparator.comparing(it -> stamp(it).orElse(Instant.MIN)));
    }
    return results;
  }

  private static Optional<Instant> stamp(ReadResult<Statement> result) {
    return result instanceof ReadResult.Value<Statement>(Level stated)
        ? stated.timestamp()
        : Optional.empty();
  }

  /// The message, or the elements of its list, that are about the sensor.
  private List<JsonNode> selected(JsonNode root) {
    List<JsonNode> selected = new ArrayList<>();
    if (each.isEmpty()) {
      selected.add(root);
    } else {
      root.at(each.get()).forEach(selected::add);
    }
    selected.removeIf(it -> !isSelected(it));
    return selected;
  }

  private boolean isSelected(JsonNode node) {
    return where.entrySet().stream()
        .allMatch(
            it -> {
              JsonNode found = node.at(it.getKey());
              return found.isValueNode()
                  && !found.isNull()
                  && it.getValue().contains(found.asText().strip());
            });
  }

  /// @param json that holds the value; empty if plain text is the value
  private ReadResult<Statement> statement(Scalar scalar, Optional<JsonNode> json) {
    if (level.unavailable().contains(scalar.text())) {
      return ReadResult.value(new Statement.Unavailable(scalar.text()));
    }
    if (level.ignored().contains(scalar.text()) || (json.isEmpty() && isNull(scalar))) {
      return ReadResult.nothing();
    }
    return ReadResult.value(
        new Level(
            scalar,
            timestamp.flatMap(it -> json.flatMap(it::read)),
            json.map(Housekeeping::of).orElse(Housekeeping.NONE)));
  }

  /// Whether plain text stands for no value: `null`, or what a device writes for a number that it
  /// does not know.
  private boolean isNull(Scalar scalar) {
    return switch (level.rule()) {
      case LevelRule.Words words ->
          scalar.text().equalsIgnoreCase("null") && words.active("null", false).isEmpty();
      case LevelRule.Thresholds _, LevelRule.CounterRate _ ->
          scalar.text().equalsIgnoreCase("null") || NonFiniteNumbers.isOne(scalar.text());
    };
  }

  /// The names of the values in a message about the sensor that lacks its own value.
  List<String> otherNames(MqttMessage message) {
    List<String> names = new ArrayList<>();
    Optional.of(message)
        .filter(value::isInJson)
        .flatMap(PayloadReader::json)
        .map(this::selected)
        .ifPresent(
            found ->
                found.stream()
                    .filter(value::isAbsentFrom)
                    .forEach(it -> it.fieldNames().forEachRemaining(names::add)));
    return names;
  }
}
