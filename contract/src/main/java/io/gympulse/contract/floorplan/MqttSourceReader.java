package io.gympulse.contract.floorplan;

import com.fasterxml.jackson.databind.node.BooleanNode;
import io.gympulse.contract.json.JsonCursor;
import io.gympulse.contract.mqtt.LevelRule;
import io.gympulse.contract.mqtt.MqttMapping;
import io.gympulse.contract.mqtt.MqttMapping.AvailabilityMapping;
import io.gympulse.contract.mqtt.MqttMapping.LevelMapping;
import io.gympulse.contract.mqtt.MqttMapping.MissingValue;
import io.gympulse.contract.mqtt.MqttMapping.TimestampMapping;
import io.gympulse.contract.mqtt.MqttPreset;
import io.gympulse.contract.mqtt.PayloadValues;
import io.gympulse.contract.mqtt.TopicFilter;
import io.gympulse.contract.mqtt.ValueLocation;
import io.gympulse.contract.mqtt.ValueLocation.PayloadPointer;
import java.util.List;
import java.util.Optional;

/// Reads one MQTT source of a floor-plan file: a preset and what differs from it, or the older form
/// with `format`, which has no availability.
final class MqttSourceReader {
  private static final String PRESETS = "zigbee2mqtt, tasmota, esphome, shelly-gen2, json, custom";

  private final JsonCursor<FloorPlanException> node;
  private final MqttPreset preset;
  private final Optional<String> device;
  private final Optional<String> property;

  private MqttSourceReader(JsonCursor<FloorPlanException> node) throws FloorPlanException {
    this.node = node;
    this.preset = node.field("preset").named(MqttPreset::ofWireName, PRESETS);
    this.device = node.optional("device", this::device);
    this.property = node.optional("property", this::property).or(preset::property);
  }

  static SourceConfig.Mqtt read(JsonCursor<FloorPlanException> node) throws FloorPlanException {
    if (node.has("format")) {
      return readFormat(node);
    }
    node.closedObject(
        "type",
        "preset",
        "device",
        "property",
        "topic",
        "pointer",
        "plainText",
        "activeWhen",
        "active",
        "inactive",
        "otherNumbers",
        "missing",
        "timestamp",
        "availability");
    return new MqttSourceReader(node).source();
  }

  private static SourceConfig.Mqtt readFormat(JsonCursor<FloorPlanException> node)
      throws FloorPlanException {
    if (node.has("preset")) {
      throw node.field("format").invalid("contradicts 'preset'; remove it");
    }
    node.closedObject("type", "format", "topic", "property", "activeWhen");
    MqttPreset preset =
        node.field("format")
            .named(
                name ->
                    MqttPreset.ofWireName(name)
                        .filter(it -> it == MqttPreset.ZIGBEE2MQTT || it == MqttPreset.JSON),
                "zigbee2mqtt, json; write 'preset' instead of 'format' for any other");
    TopicFilter topic = node.field("topic").parse(TopicFilter::new);
    String property = node.field("property").text();
    boolean activeWhen = node.field("activeWhen").bool();
    return node.checked(() -> SourceConfig.Mqtt.of(preset, topic, property, activeWhen));
  }

  private SourceConfig.Mqtt source() throws FloorPlanException {
    TopicFilter topic = topic();
    ValueLocation location = location();
    LevelRule rule = new LevelRuleReader(node, preset.levelRule()).read();
    MissingValue missing = missing(location);
    Optional<TimestampMapping> timestamp = node.optional("timestamp", MqttSourceReader::timestamp);
    List<AvailabilityMapping> availability = availability(topic);
    return node.checked(
        () ->
            new SourceConfig.Mqtt(
                preset,
                new MqttMapping(
                    topic, new LevelMapping(location, missing, rule), timestamp, availability)));
  }

  private String device(JsonCursor<FloorPlanException> given) throws FloorPlanException {
    String device = given.text();
    if (device.isBlank() || device.contains("+") || device.contains("#")) {
      throw given.invalid(
          "'%s' is blank or has a wildcard; give the name of one device".formatted(device));
    }
    if (preset.topic(Optional.of("d"), Optional.of("p")).isEmpty()) {
      throw given.invalid(
          "preset %s has no device names; give 'topic'".formatted(preset.wireName()));
    }
    return device;
  }

  /// A property that has no effect is refused, as it is likely a mistake.
  private String property(JsonCursor<FloorPlanException> given) throws FloorPlanException {
    String property = given.text();
    if (property.isBlank()) {
      throw given.invalid("is blank; give the device's name for the reading");
    }
    Optional<String> device = Optional.of("d");
    boolean inTopic =
        !preset.topic(device, Optional.of("a")).equals(preset.topic(device, Optional.of("b")));
    boolean inPlace = !preset.location(Optional.of("a")).equals(preset.location(Optional.of("b")));
    if (!inTopic && !inPlace) {
      throw given.invalid("preset %s has none; give 'pointer'".formatted(preset.wireName()));
    }
    if (inTopic && (property.contains("+") || property.contains("#"))) {
      throw given.invalid("has a wildcard; give the name of one reading");
    }
    for (String other : inTopic ? List.of("topic") : List.of("pointer", "plainText")) {
      if (node.has(other)) {
        throw given.invalid("contradicts '%s'; remove one".formatted(other));
      }
    }
    return property;
  }

  private TopicFilter topic() throws FloorPlanException {
    if (node.has("topic")) {
      return node.field("topic").parse(TopicFilter::new);
    }
    Optional<String> topic = preset.topic(device, property);
    if (topic.isEmpty()) {
      boolean hasDevices = preset.topic(Optional.of("d"), Optional.of("p")).isPresent();
      if (hasDevices && device.isPresent()) {
        throw node.field("property").missing("give the device's name for the reading");
      }
      throw hasDevices
          ? node.field("device").missing("give the device's name at the broker")
          : node.field("topic").missing("give the topic of the readings");
    }
    return node.checked(() -> new TopicFilter(topic.get()));
  }

  private ValueLocation location() throws FloorPlanException {
    if (node.has("pointer")) {
      PayloadPointer pointer = node.field("pointer").parse(PayloadPointer::new);
      return plainText()
          ? new ValueLocation.InJsonOrWholeText(pointer)
          : new ValueLocation.InJson(pointer);
    }
    if (plainText()) {
      return new ValueLocation.WholeText();
    }
    return preset
        .location(property)
        .orElseThrow(
            () ->
                preset.location(Optional.of("p")).isPresent()
                    ? node.field("property").missing("give the device's name for the reading")
                    : node.field("pointer").missing("give it, or \"plainText\": true"));
  }

  private boolean plainText() throws FloorPlanException {
    return node.optional("plainText", JsonCursor::bool).orElse(false);
  }

  private MissingValue missing(ValueLocation location) throws FloorPlanException {
    return node.optional("missing", it -> it.named(MissingValue::ofWireName, "ignored, malformed"))
        .orElse(
            location instanceof ValueLocation.WholeText
                ? MissingValue.MALFORMED
                : preset.missing());
  }

  private static TimestampMapping timestamp(JsonCursor<FloorPlanException> given)
      throws FloorPlanException {
    given.closedObject("pointer", "unit");
    PayloadPointer pointer = given.field("pointer").parse(PayloadPointer::new);
    TimestampMapping.Unit unit =
        given
            .field("unit")
            .named(TimestampMapping.Unit::ofWireName, "iso-8601, seconds, milliseconds");
    return given.checked(() -> new TimestampMapping(pointer, unit));
  }

  private List<AvailabilityMapping> availability(TopicFilter topic) throws FloorPlanException {
    if (node.has("availability")) {
      JsonCursor<FloorPlanException> given = node.field("availability");
      if (given.node().equals(BooleanNode.FALSE)) {
        return List.of();
      }
      return given.isArray()
          ? given.list(MqttSourceReader::availability)
          : List.of(availability(given));
    }
    return node.checked(() -> preset.availability(device, topic))
        .orElseThrow(
            () ->
                node.field("availability")
                    .missing(
                        "it does not follow from 'topic': give it, 'device', or false if nothing"
                            + " reports whether the device is online"));
  }

  private static AvailabilityMapping availability(JsonCursor<FloorPlanException> given)
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
