package io.gympulse.contract.mqtt;

import io.gympulse.contract.mqtt.LevelRule.Words;
import io.gympulse.contract.mqtt.LevelRule.Words.OtherNumbers;
import io.gympulse.contract.mqtt.MqttMapping.AvailabilityMapping;
import io.gympulse.contract.mqtt.MqttMapping.MissingValue;
import io.gympulse.contract.mqtt.ValueLocation.PayloadPointer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The mapping that a family of devices has by default.
///
/// A device is identified by its name at the broker: the friendly name of Zigbee2MQTT, Tasmota's
/// `Topic`, ESPHome's and Shelly's topic prefix. A property is the device's name for the reading.
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
  /// Has no defaults.
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

  /// The property if the floor plan gives none.
  public Optional<String> property() {
    return switch (this) {
      case TASMOTA -> Optional.of("Switch1");
      case SHELLY_GEN2 -> Optional.of("input:0");
      case ZIGBEE2MQTT, ESPHOME, JSON, CUSTOM -> Optional.empty();
    };
  }

  /// The topic of the readings; empty if the preset has none or one of the names is missing.
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

  /// Where the payload holds the reading; empty if the preset has no default or the name is
  /// missing.
  public Optional<ValueLocation> location(Optional<String> property) {
    return switch (this) {
      case ZIGBEE2MQTT, TASMOTA, JSON ->
          property.map(PayloadPointer::toField).map(ValueLocation.InJson::new);
      case ESPHOME -> Optional.of(new ValueLocation.WholeText());
      case SHELLY_GEN2 -> Optional.of(new ValueLocation.InJson(PayloadPointer.toField("state")));
      case CUSTOM -> Optional.empty();
    };
  }

  /// Whether the devices always report the end of an activity: those do that publish the state of a
  /// switch. A sensor of Zigbee2MQTT may report no more than that something happened.
  public boolean reportsEnd() {
    return switch (this) {
      case TASMOTA, ESPHOME, SHELLY_GEN2 -> true;
      case ZIGBEE2MQTT, JSON, CUSTOM -> false;
    };
  }

  /// How a JSON payload without the reading is treated.
  public MissingValue missing() {
    return switch (this) {
      case ZIGBEE2MQTT, TASMOTA, SHELLY_GEN2 -> MissingValue.IGNORED;
      case ESPHOME, JSON, CUSTOM -> MissingValue.MALFORMED;
    };
  }

  /// The values that mean active and inactive; empty if the preset has none.
  public Optional<LevelRule> levelRule() {
    return switch (this) {
      case ZIGBEE2MQTT, SHELLY_GEN2 -> Optional.of(words("true", "false"));
      case TASMOTA, ESPHOME -> Optional.of(words("ON", "OFF"));
      case JSON ->
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

  /// How the device and its bridge report whether they are online.
  ///
  /// @param readings the topic of the readings, from which a missing device name may follow
  /// @return no elements if nothing reports it; empty if the topics cannot be determined
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

  /// Of the bridge, through which all devices publish, and of the device. Both write a JSON object
  /// or, up to version 1 by default, plain text.
  private static List<AvailabilityMapping> zigbeeAvailability(String base, String device) {
    ValueLocation state = new ValueLocation.InJsonOrWholeText(PayloadPointer.toField("state"));
    return List.of(zigbee(base + "/bridge/state", state), zigbee(device + "/availability", state));
  }

  private static AvailabilityMapping zigbee(String topic, ValueLocation state) {
    return new AvailabilityMapping(
        new TopicFilter(topic), state, PayloadValues.of("online"), PayloadValues.of("offline"));
  }

  private static List<AvailabilityMapping> plain(String topic, String online, String offline) {
    return List.of(
        new AvailabilityMapping(
            new TopicFilter(topic),
            new ValueLocation.WholeText(),
            PayloadValues.of(online),
            PayloadValues.of(offline)));
  }
}
