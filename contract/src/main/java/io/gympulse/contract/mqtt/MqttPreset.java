package io.gympulse.contract.mqtt;

import io.gympulse.contract.mqtt.LevelRule.Thresholds;
import io.gympulse.contract.mqtt.LevelRule.Thresholds.Limit;
import io.gympulse.contract.mqtt.LevelRule.Words;
import io.gympulse.contract.mqtt.LevelRule.Words.OtherNumbers;
import io.gympulse.contract.mqtt.MqttMapping.AvailabilityMapping;
import io.gympulse.contract.mqtt.MqttMapping.MissingValue;
import io.gympulse.contract.mqtt.MqttMapping.TimestampMapping;
import io.gympulse.contract.mqtt.ValueLocation.PayloadPointer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The mapping that a family of devices has by default.
///
/// A device is identified by its name at the broker: the friendly name of Zigbee2MQTT, Tasmota's
/// `Topic`, ESPHome's and Shelly's topic prefix, Home Assistant's entity id, the location and name
/// of a Z-Wave node, the DevEUI at ChirpStack, the device id at The Things Stack, the group, edge
/// node and device of Sparkplug. A property is the device's name for the reading.
public enum MqttPreset {
  /// Zigbee2MQTT with its default base topic; the property is one that the device exposes.
  ZIGBEE2MQTT("zigbee2mqtt"),
  /// Tasmota with its default full topic; the property is a switch in mode 15 or 16, or a
  /// measurement, in which a dot leads into a nested object: `ENERGY.Power`.
  TASMOTA("tasmota"),
  /// A binary sensor or a sensor of ESPHome; the property is its id.
  ESPHOME("esphome"),
  /// A component of a Shelly of the second generation or later that publishes its status: an input,
  /// or one that measures power. The property is the component.
  SHELLY_GEN2("shelly-gen2"),
  /// An entity of Home Assistant, by its integration MQTT Statestream.
  HOME_ASSISTANT("home-assistant"),
  /// Z-Wave JS UI with payloads of type "JSON Time-Value"; the property is the rest of the topic
  /// after the node's name.
  ZWAVE_JS_UI("zwave-js-ui"),
  /// A LoRaWAN device at ChirpStack 4 whose codec is configured; the property is one that the codec
  /// decodes.
  CHIRPSTACK("chirpstack"),
  /// A LoRaWAN device at The Things Stack 3 whose payload formatter is configured; the property is
  /// one that the formatter decodes.
  TTN("ttn"),
  /// An edge node of Sparkplug B, or a device behind it; the property is the name of a metric. Its
  /// messages are read in the form of JSON: `{"timestamp": .., "metrics": {"name": value}}`.
  SPARKPLUG_B("sparkplug-b"),
  /// A JSON object that always has the property: a boolean, `on` or `off`, or a number, where 0 is
  /// inactive and any other active.
  JSON("json"),
  /// Has no defaults.
  CUSTOM("custom");

  private static final LevelRule POWER =
      new Thresholds(new Limit(Limit.Side.ABOVE, 30), Optional.of(new Limit(Limit.Side.BELOW, 15)));

  private final String wireName;

  /// What is read of a device.
  public enum Kind {
    /// A state, as a word.
    STATE,
    /// A number that is compared with limits, or a counter.
    NUMBER,
    /// The power that a machine draws, in watts.
    POWER
  }

  MqttPreset(String wireName) {
    this.wireName = wireName;
  }

  /// The name used in floor-plan files.
  public String wireName() {
    return wireName;
  }

  public static Optional<MqttPreset> ofWireName(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
  }

  /// All names, separated by commas, for messages.
  public static String wireNames() {
    return Arrays.stream(values()).map(MqttPreset::wireName).collect(Collectors.joining(", "));
  }

  /// The property if the floor plan gives none.
  public Optional<String> property(Kind kind) {
    Optional<String> ofState =
        switch (this) {
          case TASMOTA -> Optional.of("Switch1");
          case SHELLY_GEN2 -> Optional.of("input:0");
          default -> Optional.empty();
        };
    Optional<String> ofPower =
        switch (this) {
          case ZIGBEE2MQTT -> Optional.of("power");
          case TASMOTA -> Optional.of("ENERGY.Power");
          case SHELLY_GEN2 -> Optional.of("switch:0");
          default -> Optional.empty();
        };
    return switch (kind) {
      case STATE -> ofState;
      case NUMBER -> Optional.empty();
      case POWER -> ofPower;
    };
  }

  /// The topic of the readings; empty if the preset has none or one of the names is missing.
  public Optional<String> topic(Kind kind, Optional<String> device, Optional<String> property) {
    return switch (this) {
      case ZIGBEE2MQTT -> device.map(it -> "zigbee2mqtt/" + it);
      case TASMOTA -> device.map(it -> "tele/" + it + "/SENSOR");
      case ESPHOME ->
          topic(device, kind == Kind.STATE ? "/binary_sensor/" : "/sensor/", property)
              .map(it -> it + "/state");
      case SHELLY_GEN2 -> topic(device, "/status/", property);
      case HOME_ASSISTANT ->
          device.map(it -> "homeassistant/" + it.replaceFirst("\\.", "/") + "/state");
      case ZWAVE_JS_UI -> topic(device.map(it -> "zwave/" + it), "/", property);
      case CHIRPSTACK -> device.map(it -> "application/+/device/" + it + "/event/up");
      case TTN -> device.map(it -> "v3/+/devices/" + it + "/up");
      case SPARKPLUG_B -> device.flatMap(SparkplugAddress::parse).map(SparkplugAddress::dataTopic);
      case JSON, CUSTOM -> Optional.empty();
    };
  }

  private static Optional<String> topic(
      Optional<String> device, String between, Optional<String> property) {
    return device.flatMap(it -> property.map(name -> it + between + name));
  }

  /// Where the payload holds the reading; empty if the preset has no default or the name is
  /// missing.
  public Optional<ValueLocation> location(Kind kind, Optional<String> property) {
    return switch (this) {
      case ESPHOME, HOME_ASSISTANT -> Optional.of(new ValueLocation.WholeText());
      default -> pointer(kind, property).map(ValueLocation.InJson::new);
    };
  }

  private Optional<PayloadPointer> pointer(Kind kind, Optional<String> property) {
    return switch (this) {
      case ZIGBEE2MQTT, JSON -> property.map(PayloadPointer::toField);
      case TASMOTA -> property.map(it -> PayloadPointer.toField(it.split("\\.", -1)));
      case SHELLY_GEN2 ->
          kind == Kind.STATE
              ? Optional.of(PayloadPointer.toField("state"))
              : property.map(MqttPreset::shellyPower).map(PayloadPointer::toField);
      case ZWAVE_JS_UI -> Optional.of(PayloadPointer.toField("value"));
      case CHIRPSTACK -> property.map(it -> PayloadPointer.toField("object", it));
      case TTN ->
          property.map(it -> PayloadPointer.toField("uplink_message", "decoded_payload", it));
      case SPARKPLUG_B -> property.map(it -> PayloadPointer.toField("metrics", it));
      case ESPHOME, HOME_ASSISTANT, CUSTOM -> Optional.empty();
    };
  }

  /// The field for the power: of all phases, of one phase, or of a switch or meter.
  private static String shellyPower(String component) {
    if (component.startsWith("em:")) {
      return "total_act_power";
    }
    return component.startsWith("em1:") ? "act_power" : "apower";
  }

  /// Whether the devices always report the end of an activity: those do that publish the state of a
  /// switch. A sensor of Zigbee2MQTT may report no more than that something happened.
  public boolean reportsEnd() {
    return switch (this) {
      case TASMOTA, ESPHOME, SHELLY_GEN2, HOME_ASSISTANT -> true;
      case ZIGBEE2MQTT, ZWAVE_JS_UI, CHIRPSTACK, TTN, SPARKPLUG_B, JSON, CUSTOM -> false;
    };
  }

  /// How a JSON payload without the reading is treated.
  public MissingValue missing() {
    return switch (this) {
      case ZIGBEE2MQTT, TASMOTA, SHELLY_GEN2, ZWAVE_JS_UI, CHIRPSTACK, TTN, SPARKPLUG_B ->
          MissingValue.IGNORED;
      case ESPHOME, HOME_ASSISTANT, JSON, CUSTOM -> MissingValue.MALFORMED;
    };
  }

  /// Which values mean active and inactive; empty if the preset does not determine it.
  public Optional<LevelRule> levelRule(Kind kind) {
    return switch (kind) {
      case STATE -> words();
      case NUMBER -> Optional.empty();
      case POWER -> Optional.of(POWER);
    };
  }

  private Optional<LevelRule> words() {
    return switch (this) {
      case ZIGBEE2MQTT, SHELLY_GEN2 -> Optional.of(words("true", "false"));
      case TASMOTA, ESPHOME, HOME_ASSISTANT -> Optional.of(words("ON", "OFF"));
      case ZWAVE_JS_UI, CHIRPSTACK, TTN, SPARKPLUG_B, JSON ->
          Optional.of(
              new Words(
                  PayloadValues.of("true", "on"),
                  PayloadValues.of("false", "off", "0"),
                  OtherNumbers.ACTIVE));
      case CUSTOM -> Optional.empty();
    };
  }

  private static Words words(String active, String inactive) {
    return new Words(PayloadValues.of(active), PayloadValues.of(inactive), OtherNumbers.MALFORMED);
  }

  /// Values that say nothing about the level: Zigbee2MQTT clears an action after it was sent.
  public PayloadValues ignored() {
    return this == ZIGBEE2MQTT ? PayloadValues.of("") : PayloadValues.of();
  }

  /// Values by which the level is said to be unknown.
  public PayloadValues unavailable() {
    return this == HOME_ASSISTANT ? PayloadValues.of("unavailable", "unknown") : PayloadValues.of();
  }

  /// Where a JSON payload of these devices may hold the time of the reading.
  public Optional<TimestampMapping> timestamp() {
    return switch (this) {
      case ZIGBEE2MQTT -> timestamp("last_seen", TimestampMapping.Unit.ISO_8601_OR_MILLISECONDS);
      case ZWAVE_JS_UI -> timestamp("time", TimestampMapping.Unit.MILLISECONDS);
      case CHIRPSTACK -> timestamp("time", TimestampMapping.Unit.ISO_8601);
      case TTN -> timestamp("received_at", TimestampMapping.Unit.ISO_8601);
      case SPARKPLUG_B -> timestamp("timestamp", TimestampMapping.Unit.MILLISECONDS);
      case TASMOTA, ESPHOME, SHELLY_GEN2, HOME_ASSISTANT, JSON, CUSTOM -> Optional.empty();
    };
  }

  private static Optional<TimestampMapping> timestamp(String field, TimestampMapping.Unit unit) {
    return Optional.of(new TimestampMapping(PayloadPointer.toField(field), unit));
  }

  /// Whether a bridge sends the last readings of all its devices again when it comes online.
  ///
  /// @param availabilityTopic on which it says so
  public boolean resendsReadings(String availabilityTopic) {
    return this == ZIGBEE2MQTT && availabilityTopic.endsWith("/bridge/state");
  }

  /// How the device and its bridge report whether they are online.
  ///
  /// @param readings the topic of the readings, from which a missing device name may follow
  /// @return no elements if nothing reports it; empty if the topics cannot be determined
  public Optional<List<AvailabilityMapping>> availability(
      Optional<String> device, TopicFilter readings) {
    return PresetAvailability.of(this, device, readings);
  }

  /// How the readings of a mapping can be asked for; empty if the preset knows no way, or the topic
  /// does not name one device in the preset's form.
  public Optional<ReadingRequest> request(MqttMapping mapping) {
    if (mapping.topic().hasWildcard()) {
      return Optional.empty();
    }
    String topic = mapping.topic().text();
    return switch (this) {
      case ZIGBEE2MQTT ->
          field(mapping.level().location())
              .map(it -> ReadingRequest.of(topic + "/get", "{\"%s\":\"\"}".formatted(it)));
      case TASMOTA ->
          between("tele/", topic, "/SENSOR")
              .map(
                  it ->
                      new ReadingRequest(
                          "cmnd/" + it + "/STATUS",
                          "10",
                          Optional.of(
                              new ReadingRequest.Answer(
                                  "stat/" + it + "/STATUS10",
                                  PayloadPointer.toField("StatusSNS")))));
      case SHELLY_GEN2 -> {
        int status = topic.indexOf("/status/");
        yield status <= 0
            ? Optional.empty()
            : Optional.of(
                ReadingRequest.of(topic.substring(0, status) + "/command", "status_update"));
      }
      default -> Optional.empty();
    };
  }

  /// The name of a field of the payload that needs no escape in JSON.
  private static Optional<String> field(ValueLocation location) {
    return location instanceof ValueLocation.InJson(PayloadPointer pointer)
        ? Optional.of(pointer.names())
            .filter(it -> it.size() == 1)
            .map(List::getFirst)
            .filter(it -> it.matches("[\\w .-]+"))
        : Optional.empty();
  }

  private static Optional<String> between(String before, String topic, String after) {
    return topic.startsWith(before)
            && topic.endsWith(after)
            && topic.length() > before.length() + after.length()
        ? Optional.of(topic.substring(before.length(), topic.length() - after.length()))
        : Optional.empty();
  }
}
