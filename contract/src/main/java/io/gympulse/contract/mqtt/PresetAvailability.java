package io.gympulse.contract.mqtt;

import io.gympulse.contract.mqtt.MqttMapping.AvailabilityMapping;
import io.gympulse.contract.mqtt.ValueLocation.PayloadPointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How the devices of a preset report whether they are online.
final class PresetAvailability {
  private PresetAvailability() {}

  /// @param device its name at the broker
  /// @param readings the topic of its readings, from which a missing device name may follow
  /// @return no elements if nothing reports it; empty if the topics cannot be determined
  static Optional<List<AvailabilityMapping>> of(
      MqttPreset preset, Optional<String> device, TopicFilter readings) {
    return switch (preset) {
      case ZIGBEE2MQTT ->
          device
              .map(it -> zigbee("zigbee2mqtt", "zigbee2mqtt/" + it))
              .or(
                  () ->
                      Optional.of(readings.text())
                          .filter(it -> !readings.hasWildcard() && it.indexOf('/') > 0)
                          .map(it -> zigbee(it.substring(0, it.indexOf('/')), it)));
      case TASMOTA ->
          lastWill(readings)
              .or(() -> device.map(it -> "tele/" + it + "/LWT"))
              .map(it -> plain(it, "Online", "Offline"));
      case ESPHOME -> device.map(it -> plain(it + "/status", "online", "offline"));
      case SHELLY_GEN2 -> device.map(it -> plain(it + "/online", "true", "false"));
      case HOME_ASSISTANT -> Optional.of(plain("homeassistant/status", "online", "offline"));
      case ZWAVE_JS_UI -> device.map(PresetAvailability::zwave);
      case SPARKPLUG_B ->
          SparkplugAddress.ofDataTopic(readings.text()).map(PresetAvailability::sparkplug);
      case CHIRPSTACK, TTN, JSON, CUSTOM -> Optional.of(List.of());
    };
  }

  /// Of the bridge, through which all devices publish, and of the device. Both write a JSON object
  /// or, up to version 1 by default, plain text.
  private static List<AvailabilityMapping> zigbee(String base, String device) {
    ValueLocation state = new ValueLocation.InJsonOrWholeText(PayloadPointer.toField("state"));
    return List.of(zigbee(base + "/bridge/state", state), zigbee(device + "/availability", state));
  }

  private static AvailabilityMapping zigbee(String topic, ValueLocation state) {
    return new AvailabilityMapping(
        new TopicFilter(topic), state, PayloadValues.of("online"), PayloadValues.of("offline"));
  }

  /// Tasmota's last will beside the readings: `tele/rack/LWT` for `stat/rack/RESULT`, and
  /// `rack/tele/LWT` for `rack/tele/SENSOR`, as the full topic may have its parts in any order.
  private static Optional<String> lastWill(TopicFilter readings) {
    List<String> levels = new ArrayList<>(List.of(readings.text().split("/", -1)));
    int prefix = Math.max(levels.indexOf("tele"), levels.indexOf("stat"));
    if (readings.hasWildcard() || prefix < 0 || prefix == levels.size() - 1) {
      return Optional.empty();
    }
    levels.set(prefix, "tele");
    levels.set(levels.size() - 1, "LWT");
    return Optional.of(String.join("/", levels));
  }

  /// A sleeping node is online: it sends when it wakes up.
  private static List<AvailabilityMapping> zwave(String node) {
    return List.of(
        new AvailabilityMapping(
            new TopicFilter("zwave/" + node + "/status"),
            new ValueLocation.InJson(PayloadPointer.toField("status")),
            PayloadValues.of("Alive", "Awake", "Asleep"),
            PayloadValues.of("Dead", "Unknown")));
  }

  private static List<AvailabilityMapping> plain(String topic, String online, String offline) {
    return List.of(
        new AvailabilityMapping(
            new TopicFilter(topic),
            new ValueLocation.WholeText(),
            PayloadValues.of(online),
            PayloadValues.of(offline)));
  }

  /// Death certificates: of the node, and of the device behind it.
  private static List<AvailabilityMapping> sparkplug(SparkplugAddress address) {
    List<AvailabilityMapping> all = new ArrayList<>(plain(address.node().deathTopic()));
    if (address.device().isPresent()) {
      all.addAll(plain(address.deathTopic()));
    }
    return all;
  }

  private static List<AvailabilityMapping> plain(String topic) {
    return plain(topic, "birth", "death");
  }
}
