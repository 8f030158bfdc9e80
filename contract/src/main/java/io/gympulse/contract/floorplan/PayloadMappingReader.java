package io.gympulse.contract.floorplan;

import com.fasterxml.jackson.databind.node.BooleanNode;
import io.gympulse.contract.json.JsonCursor;
import io.gympulse.contract.mqtt.LevelRule;
import io.gympulse.contract.mqtt.MqttMapping.AvailabilityMapping;
import io.gympulse.contract.mqtt.MqttMapping.LevelMapping;
import io.gympulse.contract.mqtt.MqttMapping.MissingValue;
import io.gympulse.contract.mqtt.MqttMapping.TimestampMapping;
import io.gympulse.contract.mqtt.MqttPreset;
import io.gympulse.contract.mqtt.PayloadValues;
import io.gympulse.contract.mqtt.Selection;
import io.gympulse.contract.mqtt.TopicFilter;
import io.gympulse.contract.mqtt.ValueLocation;
import io.gympulse.contract.mqtt.ValueLocation.PayloadPointer;
import io.gympulse.contract.text.UnicodeText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads how the payloads of an MQTT source are read: what of them is about the sensor, and what
/// the values mean, where the source differs from its preset.
final class PayloadMappingReader {
  private static final int LONGEST_PLACE = 200;

  private final JsonCursor<FloorPlanException> node;
  private final MqttPreset preset;

  /// @param node the source
  PayloadMappingReader(JsonCursor<FloorPlanException> node, MqttPreset preset) {
    this.node = node;
    this.preset = preset;
  }

  /// The preset's ignored values and those that mean unavailable count unless the source gives them
  /// another meaning.
  LevelMapping level(ValueLocation location, LevelRule rule) throws FloorPlanException {
    MissingValue missing = missing(location);
    PayloadValues levels =
        rule instanceof LevelRule.Words words
            ? new PayloadValues(
                Stream.of(words.active(), words.inactive())
                    .flatMap(it -> it.texts().stream())
                    .toList())
            : PayloadValues.of();
    PayloadValues ignored =
        node.optional("ignored", LevelRuleReader::values)
            .orElseGet(() -> preset.ignored().without(levels));
    PayloadValues unavailable =
        node.optional("unavailable", LevelRuleReader::values)
            .orElseGet(() -> preset.unavailable().without(levels).without(ignored));
    return node.checked(() -> new LevelMapping(location, missing, rule, ignored, unavailable));
  }

  Selection selection() throws FloorPlanException {
    Optional<PayloadPointer> each = node.optional("each", it -> it.parse(PayloadPointer::new));
    Map<PayloadPointer, PayloadValues> where = new LinkedHashMap<>();
    if (node.has("where")) {
      JsonCursor<FloorPlanException> given = node.field("where").object();
      for (String name : (Iterable<String>) given.node()::fieldNames) {
        if (name.length() > LONGEST_PLACE || !UnicodeText.isWellFormed(name)) {
          throw given.invalid(
              "has a place that is longer than %d characters or not well-formed Unicode"
                  .formatted(LONGEST_PLACE));
        }
        JsonCursor<FloorPlanException> field = given.field(name);
        where.put(field.checked(() -> new PayloadPointer(name)), LevelRuleReader.values(field));
      }
    }
    return node.checked(() -> new Selection(each, where));
  }

  private MissingValue missing(ValueLocation location) throws FloorPlanException {
    return node.optional("missing", it -> it.named(MissingValue::ofWireName, "ignored, malformed"))
        .orElse(
            location instanceof ValueLocation.WholeText
                ? MissingValue.MALFORMED
                : preset.missing());
  }

  /// False means that there is none, though the preset has one.
  Optional<TimestampMapping> timestamp(ValueLocation location) throws FloorPlanException {
    if (!node.has("timestamp")) {
      return location instanceof ValueLocation.WholeText ? Optional.empty() : preset.timestamp();
    }
    JsonCursor<FloorPlanException> given = node.field("timestamp");
    return given.node().equals(BooleanNode.FALSE)
        ? Optional.empty()
        : Optional.of(timestamp(given));
  }

  private static TimestampMapping timestamp(JsonCursor<FloorPlanException> given)
      throws FloorPlanException {
    given.closedObject("pointer", "unit");
    PayloadPointer pointer = given.field("pointer").parse(PayloadPointer::new);
    TimestampMapping.Unit unit =
        given
            .field("unit")
            .named(
                TimestampMapping.Unit::ofWireName,
                "iso-8601, seconds, milliseconds, iso-8601-or-milliseconds");
    return given.checked(() -> new TimestampMapping(pointer, unit));
  }

  static AvailabilityMapping availability(JsonCursor<FloorPlanException> given)
      throws FloorPlanException {
    given.closedObject("topic", "pointer", "plainText", "online", "offline");
    boolean plain = given.optional("plainText", JsonCursor::bool).orElse(false);
    Optional<PayloadPointer> pointer =
        given.optional("pointer", it -> it.parse(PayloadPointer::new));
    ValueLocation location =
        pointer
            .<ValueLocation>map(
                it ->
                    plain ? new ValueLocation.InJsonOrWholeText(it) : new ValueLocation.InJson(it))
            .orElseGet(ValueLocation.WholeText::new);
    TopicFilter topic = given.field("topic").parse(TopicFilter::new);
    PayloadValues online = LevelRuleReader.values(given.field("online"));
    PayloadValues offline = LevelRuleReader.values(given.field("offline"));
    return given.checked(() -> new AvailabilityMapping(topic, location, online, offline));
  }
}
