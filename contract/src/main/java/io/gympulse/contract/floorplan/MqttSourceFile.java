package io.gympulse.contract.floorplan;

import io.gympulse.contract.mqtt.AvailabilityMapping;
import io.gympulse.contract.mqtt.LevelMapping;
import io.gympulse.contract.mqtt.LevelWords;
import io.gympulse.contract.mqtt.LevelWords.OtherNumbers;
import io.gympulse.contract.mqtt.MissingValue;
import io.gympulse.contract.mqtt.MqttMapping;
import io.gympulse.contract.mqtt.MqttPreset;
import io.gympulse.contract.mqtt.PayloadPointer;
import io.gympulse.contract.mqtt.Place;
import io.gympulse.contract.mqtt.Texts;
import io.gympulse.contract.mqtt.TimestampMapping;
import io.gympulse.contract.mqtt.TopicFilter;
import java.util.List;
import java.util.Optional;

/// Reads one MQTT source of a floor-plan file: a preset and what differs from it, or the older form
/// with `format`, which knows no availability.
final class MqttSourceFile {
  private static final String PRESETS = "zigbee2mqtt, tasmota, esphome, shelly-gen2, json, custom";

  private final PlanNode node;
  private final MqttPreset preset;
  private final Optional<String> device;
  private final Optional<String> property;

  private MqttSourceFile(PlanNode node) {
    this.node = node;
    this.preset = node.child("preset").named(MqttPreset::ofWireName, PRESETS);
    this.device = node.optional("device").map(this::device);
    this.property = node.optional("property").map(this::property).or(preset::property);
  }

  static SensorSource.Mqtt read(PlanNode node) {
    if (node.has("format")) {
      return older(node);
    }
    node.allow(
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
    return new MqttSourceFile(node).source();
  }

  private static SensorSource.Mqtt older(PlanNode node) {
    if (node.has("preset")) {
      throw node.child("format").refused("contradicts 'preset'; remove it");
    }
    node.allow("type", "format", "topic", "property", "activeWhen");
    MqttPreset preset =
        node.child("format")
            .named(
                name ->
                    MqttPreset.ofWireName(name)
                        .filter(it -> it == MqttPreset.ZIGBEE2MQTT || it == MqttPreset.JSON),
                "zigbee2mqtt, json; write 'preset' instead of 'format' for any other");
    TopicFilter topic = node.child("topic").parse(TopicFilter::new);
    String property = node.child("property").text();
    boolean activeWhen = node.child("activeWhen").bool();
    return node.checked(() -> SensorSource.Mqtt.of(preset, topic, property, activeWhen));
  }

  private SensorSource.Mqtt source() {
    TopicFilter topic = topic();
    Place place = place();
    LevelWords words = words();
    MissingValue missing = missing(place);
    Optional<TimestampMapping> timestamp =
        node.optional("timestamp").map(MqttSourceFile::timestamp);
    List<AvailabilityMapping> availability = availability(topic);
    return node.checked(
        () ->
            new SensorSource.Mqtt(
                preset,
                new MqttMapping(
                    topic, new LevelMapping(place, missing, words), timestamp, availability)));
  }

  private String device(PlanNode given) {
    String device = given.text();
    if (device.isBlank() || device.contains("+") || device.contains("#")) {
      throw given.refused(
          "'%s' is blank or has a wildcard; give the name of one device".formatted(device));
    }
    if (preset.topic(Optional.of("d"), Optional.of("p")).isEmpty()) {
      throw given.refused("preset %s knows no devices; give 'topic'".formatted(preset.wireName()));
    }
    return device;
  }

  /// A property that changes nothing is refused: whoever wrote it meant something by it.
  private String property(PlanNode given) {
    String property = given.text();
    if (property.isBlank()) {
      throw given.refused("is blank; give what the device calls the reading");
    }
    Optional<String> device = Optional.of("d");
    boolean inTopic =
        !preset.topic(device, Optional.of("a")).equals(preset.topic(device, Optional.of("b")));
    boolean inPlace = !preset.place(Optional.of("a")).equals(preset.place(Optional.of("b")));
    if (!inTopic && !inPlace) {
      throw given.refused("preset %s has none; give 'pointer'".formatted(preset.wireName()));
    }
    if (inTopic && (property.contains("+") || property.contains("#"))) {
      throw given.refused("has a wildcard; give the name of one reading");
    }
    for (String other : inTopic ? List.of("topic") : List.of("pointer", "plainText")) {
      if (node.has(other)) {
        throw given.refused("contradicts '%s'; remove one".formatted(other));
      }
    }
    return property;
  }

  private TopicFilter topic() {
    if (node.has("topic")) {
      return node.child("topic").parse(TopicFilter::new);
    }
    Optional<String> known = preset.topic(device, property);
    if (known.isEmpty()) {
      boolean knowsDevices = preset.topic(Optional.of("d"), Optional.of("p")).isPresent();
      if (knowsDevices && device.isPresent()) {
        throw node.absent("property", "give what the device calls the reading");
      }
      throw knowsDevices
          ? node.absent("device", "give the device's name at the broker")
          : node.absent("topic", "give the topic of the readings");
    }
    return node.checked(() -> new TopicFilter(known.get()));
  }

  private Place place() {
    if (node.has("pointer")) {
      PayloadPointer pointer = node.child("pointer").parse(PayloadPointer::new);
      return plainText() ? new Place.InJsonOrWholeText(pointer) : new Place.InJson(pointer);
    }
    if (plainText()) {
      return new Place.WholeText();
    }
    return preset
        .place(property)
        .orElseThrow(
            () ->
                preset.place(Optional.of("p")).isPresent()
                    ? node.absent("property", "give what the device calls the reading")
                    : node.absent("pointer", "give it, or \"plainText\": true"));
  }

  private boolean plainText() {
    return node.optional("plainText").map(PlanNode::bool).orElse(false);
  }

  /// The preset's words, turned round if so wished.
  private Optional<LevelWords> standardWords() {
    Optional<LevelWords> known = preset.words();
    if (!node.has("activeWhen")) {
      return known;
    }
    PlanNode activeWhen = node.child("activeWhen");
    if (known.isEmpty()) {
      throw activeWhen.refused(
          "preset custom has no words of its own; give 'active' and 'inactive'");
    }
    if (node.has("active") || node.has("inactive")) {
      throw activeWhen.refused("contradicts 'active' and 'inactive'; remove one or the other");
    }
    return activeWhen.bool() ? known : known.map(LevelWords::inverted);
  }

  private LevelWords words() {
    Optional<LevelWords> standard = standardWords();
    Texts active = texts("active").or(() -> standard.map(LevelWords::active)).orElse(Texts.of());
    Texts inactive =
        texts("inactive").or(() -> standard.map(LevelWords::inactive)).orElse(Texts.of());
    OtherNumbers otherNumbers =
        node.optional("otherNumbers")
            .map(it -> it.named(OtherNumbers::ofWireName, "malformed, active, inactive"))
            .or(() -> standard.map(LevelWords::otherNumbers))
            .orElse(OtherNumbers.MALFORMED);
    return node.checked(() -> new LevelWords(active, inactive, otherNumbers));
  }

  private Optional<Texts> texts(String name) {
    return node.optional(name).map(MqttSourceFile::texts);
  }

  private static Texts texts(PlanNode given) {
    return given.checked(() -> new Texts(given.scalars()));
  }

  private MissingValue missing(Place place) {
    return node.optional("missing")
        .map(it -> it.named(MissingValue::ofWireName, "ignored, malformed"))
        .orElse(place instanceof Place.WholeText ? MissingValue.MALFORMED : preset.missing());
  }

  private static TimestampMapping timestamp(PlanNode given) {
    given.allow("pointer", "unit");
    PayloadPointer pointer = given.child("pointer").parse(PayloadPointer::new);
    TimestampMapping.Unit unit =
        given
            .child("unit")
            .named(TimestampMapping.Unit::ofWireName, "iso-8601, seconds, milliseconds");
    return given.checked(() -> new TimestampMapping(pointer, unit));
  }

  private List<AvailabilityMapping> availability(TopicFilter topic) {
    if (node.has("availability")) {
      PlanNode given = node.child("availability");
      if (given.isFalse()) {
        return List.of();
      }
      return given.elementsOrSelf().stream().map(MqttSourceFile::availability).toList();
    }
    return node.checked(() -> preset.availability(device, topic))
        .orElseThrow(
            () ->
                node.absent(
                    "availability",
                    "it cannot be told from 'topic': give it, 'device', or false if nothing says"
                        + " whether the device is there"));
  }

  private static AvailabilityMapping availability(PlanNode given) {
    given.allow("topic", "pointer", "plainText", "online", "offline");
    boolean plain = given.optional("plainText").map(PlanNode::bool).orElse(false);
    Optional<PayloadPointer> pointer =
        given.optional("pointer").map(it -> it.parse(PayloadPointer::new));
    Place place =
        pointer
            .<Place>map(it -> plain ? new Place.InJsonOrWholeText(it) : new Place.InJson(it))
            .orElseGet(Place.WholeText::new);
    TopicFilter topic = given.child("topic").parse(TopicFilter::new);
    Texts online = texts(given.child("online"));
    Texts offline = texts(given.child("offline"));
    return given.checked(() -> new AvailabilityMapping(topic, place, online, offline));
  }
}
