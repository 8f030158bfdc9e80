package io.gympulse.contract.floorplan;

import com.fasterxml.jackson.databind.node.BooleanNode;
import io.gympulse.contract.floorplan.Sensor.Behaviour;
import io.gympulse.contract.json.JsonCursor;
import io.gympulse.contract.json.JsonCursor.Construction;
import io.gympulse.contract.mqtt.LevelRule;
import io.gympulse.contract.mqtt.MqttMapping;
import io.gympulse.contract.mqtt.MqttMapping.AvailabilityMapping;
import io.gympulse.contract.mqtt.MqttMapping.LevelMapping;
import io.gympulse.contract.mqtt.MqttMapping.TimestampMapping;
import io.gympulse.contract.mqtt.MqttPreset;
import io.gympulse.contract.mqtt.MqttPreset.Kind;
import io.gympulse.contract.mqtt.Selection;
import io.gympulse.contract.mqtt.SparkplugAddress;
import io.gympulse.contract.mqtt.TopicFilter;
import io.gympulse.contract.mqtt.ValueLocation;
import io.gympulse.contract.mqtt.ValueLocation.PayloadPointer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads one MQTT source of a floor-plan file: a preset and what differs from it, or the older form
/// with `format`, which has no availability.
final class MqttSourceReader {
  /// Of a form that every preset accepts.
  private static final Optional<String> ANY_DEVICE = Optional.of("a/d");

  private static final Pattern ENTITY_ID = Pattern.compile("[a-z0-9_]+\\.[a-z0-9_]+");

  private final JsonCursor<FloorPlanException> node;
  private final MqttPreset preset;
  private final Kind kind;
  private final Optional<String> device;
  private final Optional<String> property;

  private MqttSourceReader(JsonCursor<FloorPlanException> node, Behaviour behaviour)
      throws FloorPlanException {
    this.node = node;
    this.preset = node.field("preset").named(MqttPreset::ofWireName, MqttPreset.wireNames());
    this.kind = kind(node, behaviour);
    this.device = node.optional("device", this::device);
    this.property = node.optional("property", this::property).or(() -> preset.property(kind));
  }

  /// Words are a state, whatever the sensor detects.
  private static Kind kind(JsonCursor<FloorPlanException> node, Behaviour behaviour)
      throws FloorPlanException {
    boolean numbers = LevelRuleReader.hasNumbers(node);
    boolean words =
        !numbers
            && (node.has("active")
                || node.has("inactive")
                || node.has("activeWhen")
                || node.has("otherNumbers"));
    if (behaviour == Behaviour.POWER && !words) {
      return Kind.POWER;
    }
    return numbers ? Kind.NUMBER : Kind.STATE;
  }

  /// @param behaviour of the sensor: a power sensor has other defaults
  static SourceConfig.Mqtt read(JsonCursor<FloorPlanException> node, Behaviour behaviour)
      throws FloorPlanException {
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
        "ignored",
        "unavailable",
        "where",
        "each",
        "timestamp",
        "availability",
        "ask");
    return new MqttSourceReader(node, behaviour).source();
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
    Construction<TopicFilter, FloorPlanException> topic = node.attempt(this::topic);
    Construction<ValueLocation, FloorPlanException> location = node.attempt(this::location);
    Construction<LevelRule, FloorPlanException> rule =
        node.attempt(() -> new LevelRuleReader(node, preset.levelRule(kind)).read());
    PayloadMappingReader payload = new PayloadMappingReader(node, preset);
    Construction<LevelMapping, FloorPlanException> level =
        node.attempt(() -> payload.level(location.construct(), rule.construct()));
    Construction<Selection, FloorPlanException> selection = node.attempt(payload::selection);
    Construction<Optional<TimestampMapping>, FloorPlanException> timestamp =
        node.attempt(() -> payload.timestamp(location.construct()));
    Construction<List<AvailabilityMapping>, FloorPlanException> availability =
        node.attempt(() -> availability(topic.construct()));
    boolean mayAsk = node.optional("ask", JsonCursor::bool).orElse(true);
    return node.checked(
        () ->
            new SourceConfig.Mqtt(
                preset,
                new MqttMapping(
                    topic.construct(),
                    selection.construct(),
                    level.construct(),
                    timestamp.construct(),
                    availability.construct()),
                mayAsk));
  }

  private String device(JsonCursor<FloorPlanException> given) throws FloorPlanException {
    String device = given.text();
    if (device.isBlank() || device.contains("+") || device.contains("#")) {
      throw given.invalid(
          "'%s' is blank or has a wildcard; give the name of one device".formatted(device));
    }
    if (preset.topic(kind, ANY_DEVICE, Optional.of("p")).isEmpty()) {
      throw given.invalid(
          "preset %s has no device names; give 'topic'".formatted(preset.wireName()));
    }
    if (preset == MqttPreset.HOME_ASSISTANT && !ENTITY_ID.matcher(device).matches()) {
      throw given.invalid(
          "'%s' is not an entity id; write it like binary_sensor.bike_1".formatted(device));
    }
    if (preset == MqttPreset.SPARKPLUG_B && SparkplugAddress.parse(device).isEmpty()) {
      throw given.invalid(
          "'%s' is not of the form group/node or group/node/device".formatted(device));
    }
    return device;
  }

  /// A property that has no effect is refused, as it is likely a mistake.
  private String property(JsonCursor<FloorPlanException> given) throws FloorPlanException {
    String property = given.text();
    if (property.isBlank()) {
      throw given.invalid("is blank; give the device's name for the reading");
    }
    Optional<String> device = ANY_DEVICE;
    boolean inTopic =
        !preset
            .topic(kind, device, Optional.of("a"))
            .equals(preset.topic(kind, device, Optional.of("b")));
    boolean inPlace =
        !preset.location(kind, Optional.of("a")).equals(preset.location(kind, Optional.of("b")));
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
    Optional<String> topic = preset.topic(kind, device, property);
    if (topic.isEmpty()) {
      boolean hasDevices = preset.topic(kind, ANY_DEVICE, Optional.of("p")).isPresent();
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
        .location(kind, property)
        .orElseThrow(
            () ->
                preset.location(kind, Optional.of("p")).isPresent()
                    ? node.field("property").missing("give the device's name for the reading")
                    : node.field("pointer").missing("give it, or \"plainText\": true"));
  }

  private boolean plainText() throws FloorPlanException {
    return node.optional("plainText", JsonCursor::bool).orElse(false);
  }

  private List<AvailabilityMapping> availability(TopicFilter topic) throws FloorPlanException {
    if (node.has("availability")) {
      JsonCursor<FloorPlanException> given = node.field("availability");
      if (given.node().equals(BooleanNode.FALSE)) {
        return List.of();
      }
      return given.isArray()
          ? given.list(PayloadMappingReader::availability)
          : List.of(PayloadMappingReader.availability(given));
    }
    return node.checked(() -> preset.availability(device, topic))
        .orElseThrow(
            () ->
                node.field("availability")
                    .missing(
                        "it does not follow from 'topic': give it, 'device', or false if nothing"
                            + " reports whether the device is online"));
  }
}
