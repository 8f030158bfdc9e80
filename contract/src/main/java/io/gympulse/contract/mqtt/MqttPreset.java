package io.gympulse.contract.mqtt;

import io.gympulse.contract.mqtt.LevelWords.OtherNumbers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What is known beforehand of a family of devices.
///
/// A device is named as the broker knows it: the friendly name of Zigbee2MQTT, Tasmota's `Topic`,
/// ESPHome's and Shelly's topic prefix. A property is what the device calls the reading.
public enum MqttPreset {
  /// Zigbee2MQTT with its default base topic; the property is one that the device exposes.
  ZIGBEE2MQTT("zigbee2mqtt"),
  /// Tasmota with its default full topic and a switch in mode 15 or 16; the property is the switch.
  TASMOTA("tasmota"),
  /// A binary sensor of ESPHome; the property is its id.
  ESPHOME("esphome"),
  /// An input of a Shelly of the second generation or later that publishes its status; the property
  /// is the component.
  SHELLY_GEN2("shelly-gen2"),
  /// A JSON object that always has the property: a boolean, `on` or `off`, or a number, where 0 is
  /// inactive and any other active.
  JSON("json"),
  /// Nothing is known.
  CUSTOM("custom");

  private final String wireName;

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

  /// The property if none is named.
  public Optional<String> property() {
    return switch (this) {
      case TASMOTA -> Optional.of("Switch1");
      case SHELLY_GEN2 -> Optional.of("input:0");
      case ZIGBEE2MQTT, ESPHOME, JSON, CUSTOM -> Optional.empty();
    };
  }

  /// Where the device publishes its readings; empty if that is not known or lacks one of the names.
  public Optional<String> topic(Optional<String> device, Optional<String> property) {
    return switch (this) {
      case ZIGBEE2MQTT -> device.map(it -> "zigbee2mqtt/" + it);
      case TASMOTA -> device.map(it -> "tele/" + it + "/SENSOR");
      case ESPHOME ->
          device.flatMap(it -> property.map(id -> it + "/binary_sensor/" + id + "/state"));
      case SHELLY_GEN2 -> device.flatMap(it -> property.map(input -> it + "/status/" + input));
      case JSON, CUSTOM -> Optional.empty();
    };
  }

  /// Where the reading stands in the payload; empty if that is not known or lacks the name.
  public Optional<Place> place(Optional<String> property) {
    return switch (this) {
      case ZIGBEE2MQTT, TASMOTA, JSON ->
          property.map(PayloadPointer::toField).map(Place.InJson::new);
      case ESPHOME -> Optional.of(new Place.WholeText());
      case SHELLY_GEN2 -> Optional.of(new Place.InJson(PayloadPointer.toField("state")));
      case CUSTOM -> Optional.empty();
    };
  }

  /// Whether the devices surely say when an activity ends: those do that publish the state of a
  /// switch. A sensor of Zigbee2MQTT may tell no more than that something happened.
  public boolean tellsEnd() {
    return switch (this) {
      case TASMOTA, ESPHOME, SHELLY_GEN2 -> true;
      case ZIGBEE2MQTT, JSON, CUSTOM -> false;
    };
  }

  /// What a payload in JSON without the reading is.
  public MissingValue missing() {
    return switch (this) {
      case ZIGBEE2MQTT, TASMOTA, SHELLY_GEN2 -> MissingValue.IGNORED;
      case ESPHOME, JSON, CUSTOM -> MissingValue.MALFORMED;
    };
  }

  /// What the device says.
  public Optional<LevelWords> words() {
    return switch (this) {
      case ZIGBEE2MQTT, SHELLY_GEN2 -> Optional.of(words("true", "false"));
      case TASMOTA, ESPHOME -> Optional.of(words("ON", "OFF"));
      case JSON ->
          Optional.of(
              new LevelWords(
                  Texts.of("true", "on"), Texts.of("false", "off", "0"), OtherNumbers.ACTIVE));
      case CUSTOM -> Optional.empty();
    };
  }

  private static LevelWords words(String active, String inactive) {
    return new LevelWords(Texts.of(active), Texts.of(inactive), OtherNumbers.MALFORMED);
  }

  /// Where it is said whether the device is there, or the bridge it speaks through.
  ///
  /// @param readings where it publishes its readings, which may tell what an absent name does not
  /// @return no elements if nothing says so; empty if it cannot be told
  public Optional<List<AvailabilityMapping>> availability(
      Optional<String> device, TopicFilter readings) {
    return switch (this) {
      case ZIGBEE2MQTT ->
          device
              .map(it -> zigbeeAvailability("zigbee2mqtt", "zigbee2mqtt/" + it))
              .or(
                  () ->
                      Optional.of(readings.text())
                          .filter(it -> !readings.hasWildcard() && it.indexOf('/') > 0)
                          .map(it -> zigbeeAvailability(it.substring(0, it.indexOf('/')), it)));
      case TASMOTA -> device.map(it -> plain("tele/" + it + "/LWT", "Online", "Offline"));
      case ESPHOME -> device.map(it -> plain(it + "/status", "online", "offline"));
      case SHELLY_GEN2 -> device.map(it -> plain(it + "/online", "true", "false"));
      case JSON, CUSTOM -> Optional.of(List.of());
    };
  }

  /// The bridge, without which no device can be heard, and the device. Both write a JSON object or,
  /// up to version 1 and unless told otherwise, plain text.
  private static List<AvailabilityMapping> zigbeeAvailability(String base, String device) {
    Place state = new Place.InJsonOrWholeText(PayloadPointer.toField("state"));
    return List.of(zigbee(base + "/bridge/state", state), zigbee(device + "/availability", state));
  }

  private static AvailabilityMapping zigbee(String topic, Place state) {
    return new AvailabilityMapping(
        new TopicFilter(topic), state, Texts.of("online"), Texts.of("offline"));
  }

  private static List<AvailabilityMapping> plain(String topic, String online, String offline) {
    return List.of(
        new AvailabilityMapping(
            new TopicFilter(topic), new Place.WholeText(), Texts.of(online), Texts.of(offline)));
  }
}
