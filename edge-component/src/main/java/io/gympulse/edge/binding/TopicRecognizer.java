package io.gympulse.edge.binding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.floorplan.Sensor.Behaviour;
import io.gympulse.contract.json.JsonTree;
import io.gympulse.contract.mqtt.MqttPreset;
import io.gympulse.contract.text.UnicodeText;
import io.gympulse.edge.binding.Candidate.Polarity;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Recognises the values of a message that may be a sensor's: by the topics of the presets, or as
/// plain JSON or text. Messages that are about bridges, availability or commands have none.
/// Immutable.
final class TopicRecognizer {
  static final int MAX_BYTES = 8_192;
  private static final int MAX_TOPIC = 256;
  private static final int MAX_VALUES = 8;
  private static final JsonTree JSON = JsonTree.standard();
  // The least power of which a machine in use draws more: that of the presets.
  private static final double WATTS = 30;

  private static final Pattern ZIGBEE = Pattern.compile("zigbee2mqtt/(?<device>.+)");
  private static final Pattern TASMOTA = Pattern.compile("tele/(?<device>.+)/SENSOR");
  private static final Pattern SHELLY =
      Pattern.compile("(?<device>.+)/status/(?<property>(input|switch|em|em1|pm1):\\d+)");
  private static final Pattern HOME_ASSISTANT =
      Pattern.compile("homeassistant/binary_sensor/(?<entity>[a-z0-9_]+)/state");
  private static final Pattern ESPHOME =
      Pattern.compile("(?<device>.+)/binary_sensor/(?<property>[^/]+)/state");
  private static final Pattern CHIRPSTACK =
      Pattern.compile("application/[^/]+/device/(?<device>[^/]+)/event/up");
  private static final Pattern TTN = Pattern.compile("v3/[^/]+/devices/(?<device>[^/]+)/up");

  private static final Set<String> NO_SENSOR_LEVELS =
      Set.of("availability", "set", "get", "cmnd", "command", "rpc", "config", "lwt", "online");
  private static final Set<String> ON = Set.of("on", "true", "1", "open", "occupied", "active");
  private static final Map<String, String> OPPOSITES =
      Map.of(
          "on",
          "off",
          "true",
          "false",
          "1",
          "0",
          "open",
          "closed",
          "occupied",
          "free",
          "active",
          "inactive");
  private static final Set<String> NUMBERED =
      Set.of("active", "occupied", "occupancy", "presence", "state", "value", "motion", "contact");
  private static final Map<String, Behaviour> BY_NAME =
      Map.of(
          "occupancy", Behaviour.MOTION,
          "motion", Behaviour.MOTION,
          "vibration", Behaviour.VIBRATION,
          "pressure", Behaviour.PRESSURE);

  /// A candidate's value in one message.
  ///
  /// @param high whether it is `true`, `on` or more than a machine's power at rest
  record Observation(Candidate candidate, boolean high) {}

  /// The values of one message.
  List<Observation> observations(String topic, byte[] payload) {
    if (topic.length() > MAX_TOPIC
        || payload.length == 0
        || payload.length > MAX_BYTES
        || topic.startsWith("gympulse/")
        || topic.contains("/bridge/")
        || isNoSensor(topic)) {
      return List.of();
    }
    try {
      String text = UnicodeText.ofUtf8(payload).strip();
      if (!text.startsWith("{")) {
        return ofText(topic, text).stream().toList();
      }
      JsonNode json = JSON.read(text);
      return ofJson(topic, json).stream().limit(MAX_VALUES).toList();
    } catch (CharacterCodingException | JsonProcessingException e) {
      return List.of();
    }
  }

  private static boolean isNoSensor(String topic) {
    for (String level : topic.split("/", -1)) {
      if (NO_SENSOR_LEVELS.contains(level.toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Observation> ofText(String topic, String text) {
    Optional<Boolean> high = high(text);
    if (high.isEmpty()) {
      return Optional.empty();
    }
    Matcher entity = HOME_ASSISTANT.matcher(topic);
    if (entity.matches()) {
      String device = "binary_sensor." + entity.group("entity");
      return Optional.of(
          observation(MqttPreset.HOME_ASSISTANT, topic, device, "", named(device), high.get()));
    }
    Matcher esphome = ESPHOME.matcher(topic);
    if (esphome.matches()) {
      String property = esphome.group("property");
      return Optional.of(
          observation(
              MqttPreset.ESPHOME,
              topic,
              esphome.group("device"),
              property,
              named(property),
              high.get()));
    }
    String on = OPPOSITES.containsKey(text.toLowerCase(Locale.ROOT)) ? text : opposite(text);
    ObjectNode source = source(MqttPreset.CUSTOM);
    source.put("topic", topic).put("plainText", true).put("active", on);
    source.put("inactive", opposite(on)).put("availability", false);
    return Optional.of(
        new Observation(
            new Candidate("mqtt " + topic, topic, named(topic), source, Polarity.WORDS),
            high.get()));
  }

  /// In the case of the text.
  private static String opposite(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    String other =
        OPPOSITES.entrySet().stream()
            .filter(it -> it.getKey().equals(word) || it.getValue().equals(word))
            .findFirst()
            .map(it -> it.getKey().equals(word) ? it.getValue() : it.getKey())
            .orElse(word);
    if (text.equals(text.toUpperCase(Locale.ROOT))) {
      return other.toUpperCase(Locale.ROOT);
    }
    return Character.isUpperCase(text.charAt(0))
        ? Character.toUpperCase(other.charAt(0)) + other.substring(1)
        : other;
  }

  private static List<Observation> ofJson(String topic, JsonNode json) {
    Matcher zigbee = ZIGBEE.matcher(topic);
    if (zigbee.matches()) {
      return fields(MqttPreset.ZIGBEE2MQTT, topic, zigbee.group("device"), json);
    }
    Matcher tasmota = TASMOTA.matcher(topic);
    if (tasmota.matches()) {
      return tasmota(topic, tasmota.group("device"), json);
    }
    Matcher shelly = SHELLY.matcher(topic);
    if (shelly.matches()) {
      return shelly(topic, shelly.group("device"), shelly.group("property"), json);
    }
    Matcher chirpstack = CHIRPSTACK.matcher(topic);
    if (chirpstack.matches()) {
      return fields(MqttPreset.CHIRPSTACK, topic, chirpstack.group("device"), json.path("object"));
    }
    Matcher ttn = TTN.matcher(topic);
    if (ttn.matches()) {
      return fields(
          MqttPreset.TTN, topic, ttn.group("device"), json.at("/uplink_message/decoded_payload"));
    }
    return fields(MqttPreset.JSON, topic, "", json);
  }

  /// The fields of an object that are true or false, on or off, or a power.
  private static List<Observation> fields(
      MqttPreset preset, String topic, String device, JsonNode object) {
    List<Observation> found = new ArrayList<>();
    object
        .properties()
        .forEach(
            it -> {
              String name = it.getKey();
              JsonNode value = it.getValue();
              if (preset == MqttPreset.ZIGBEE2MQTT && name.equals("power") && value.isNumber()) {
                found.add(
                    observation(
                        preset, topic, device, name, Behaviour.POWER, value.asDouble() > WATTS));
              } else {
                high(name, value, preset)
                    .map(high -> observation(preset, topic, device, name, named(name), high))
                    .ifPresent(found::add);
              }
            });
    return found;
  }

  private static Optional<Boolean> high(String name, JsonNode value, MqttPreset preset) {
    if (name.startsWith("battery") || name.startsWith("tamper") || name.startsWith("update")) {
      return Optional.empty();
    }
    if (value.isBoolean()) {
      return Optional.of(value.asBoolean());
    }
    if (preset == MqttPreset.ZIGBEE2MQTT) {
      return Optional.empty();
    }
    if (value.isTextual()
        && Set.of("on", "off").contains(value.asText().toLowerCase(Locale.ROOT))) {
      return high(value.asText());
    }
    return value.isInt() && NUMBERED.contains(name) && Set.of(0, 1).contains(value.asInt())
        ? Optional.of(value.asInt() == 1)
        : Optional.empty();
  }

  private static List<Observation> tasmota(String topic, String device, JsonNode json) {
    List<Observation> found = new ArrayList<>();
    json.properties()
        .forEach(
            it -> {
              if (it.getKey().startsWith("Switch") && it.getValue().isTextual()) {
                high(it.getValue().asText())
                    .map(
                        high ->
                            observation(
                                MqttPreset.TASMOTA,
                                topic,
                                device,
                                it.getKey(),
                                Behaviour.CONTACT,
                                high))
                    .ifPresent(found::add);
              }
            });
    JsonNode power = json.at("/ENERGY/Power");
    if (power.isNumber()) {
      found.add(
          observation(
              MqttPreset.TASMOTA,
              topic,
              device,
              "ENERGY.Power",
              Behaviour.POWER,
              power.asDouble() > WATTS));
    }
    return found;
  }

  private static List<Observation> shelly(
      String topic, String device, String property, JsonNode json) {
    if (property.startsWith("input:")) {
      return json.path("state").isBoolean()
          ? List.of(
              observation(
                  MqttPreset.SHELLY_GEN2,
                  topic,
                  device,
                  property,
                  Behaviour.CONTACT,
                  json.path("state").asBoolean()))
          : List.of();
    }
    String field =
        property.startsWith("em:")
            ? "total_act_power"
            : property.startsWith("em1:") ? "act_power" : "apower";
    return json.path(field).isNumber()
        ? List.of(
            observation(
                MqttPreset.SHELLY_GEN2,
                topic,
                device,
                property,
                Behaviour.POWER,
                json.path(field).asDouble() > WATTS))
        : List.of();
  }

  private static Optional<Boolean> high(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    if (ON.contains(word)) {
      return Optional.of(true);
    }
    return OPPOSITES.containsValue(word) ? Optional.of(false) : Optional.empty();
  }

  private static Behaviour named(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return BY_NAME.entrySet().stream()
        .filter(it -> lower.contains(it.getKey()))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElse(Behaviour.CONTACT);
  }

  private static ObjectNode source(MqttPreset preset) {
    return JsonTree.object().put("type", "mqtt").put("preset", preset.wireName());
  }

  /// @param device empty if the preset has none: then by topic
  /// @param property empty if there is none
  private static Observation observation(
      MqttPreset preset,
      String topic,
      String device,
      String property,
      Behaviour behaviour,
      boolean high) {
    ObjectNode source = source(preset);
    if (device.isEmpty()) {
      source.put("topic", topic);
    } else {
      source.put("device", device);
    }
    if (!property.isEmpty()) {
      source.put("property", property);
    }
    String label = property.isEmpty() ? topic : topic + " \u00b7 " + property;
    Polarity polarity = behaviour == Behaviour.POWER ? Polarity.FIXED : Polarity.ACTIVE_WHEN;
    return new Observation(
        new Candidate("mqtt " + topic + " " + property, label, behaviour, source, polarity), high);
  }
}
