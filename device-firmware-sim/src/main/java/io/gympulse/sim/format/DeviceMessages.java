package io.gympulse.sim.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.Sensor.Model;
import io.gympulse.contract.floorplan.SourceConfig;
import io.gympulse.contract.mqtt.LevelRule;
import io.gympulse.contract.mqtt.MqttMapping;
import io.gympulse.contract.mqtt.MqttMapping.AvailabilityMapping;
import io.gympulse.contract.mqtt.MqttMapping.TimestampMapping;
import io.gympulse.contract.mqtt.PayloadValues;
import io.gympulse.contract.mqtt.ValueLocation;
import io.gympulse.contract.mqtt.ValueLocation.PayloadPointer;
import io.gympulse.sim.sensor.MountedSensor;
import io.gympulse.sim.sensor.SimulatedReadings.Cause;
import io.gympulse.sim.sensor.SimulatedReadings.SimulatedReading;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Writes readings as the devices do: by the floor plan's mapping, and with the other fields that
/// the device family sends. Zigbee2MQTT: `{"occupancy":true,"battery":87,"linkquality":131}`, with
/// voltage and `last_seen`; Tasmota: `{"Time":"2026-03-01T18:00:00","Switch1":"ON"}`; ESPHome:
/// `ON`; Shelly: `{"id":0,"state":true}`; plain JSON: `{"active":true,"rssi":-61}`. Levels are
/// retained; pulses are not, as a pulse that is delivered later would be false. Stateless.
public final class DeviceMessages {
  private DeviceMessages() {}

  /// One MQTT message, ready to send.
  ///
  /// @param retained whether the broker keeps it for those who subscribe later
  public record Publication(String topic, String payload, boolean retained) {}

  /// The message for a reading; empty for a GPIO sensor, and if the mapping has no value for it.
  public static Optional<Publication> of(SimulatedReading reading) {
    Sensor sensor = reading.sensor().sensor();
    return switch (sensor.source()) {
      case SourceConfig.Mqtt source ->
          value(source.mapping().level().rule(), reading)
              .map(
                  value ->
                      new Publication(
                          source.mapping().topic().topic(sensor.id().value()),
                          payload(source, reading, value),
                          sensor.behaviour().model() == Model.LEVEL));
      case SourceConfig.Gpio _ -> Optional.empty();
    };
  }

  /// The messages by which the devices and their bridges report that they are online, each once.
  public static List<Publication> online(Collection<MountedSensor> sensors) {
    return sensors.stream()
        .map(it -> it.sensor().source())
        .filter(SourceConfig.Mqtt.class::isInstance)
        .flatMap(it -> ((SourceConfig.Mqtt) it).mapping().availability().stream())
        .map(DeviceMessages::online)
        .distinct()
        .toList();
  }

  /// All messages for a reading, in order: before a reading that a restarted bridge repeats, the
  /// bridge reports that it is online.
  public static List<Publication> all(SimulatedReading reading) {
    List<Publication> messages = new ArrayList<>();
    if (reading.cause() == Cause.BRIDGE_RESTART) {
      online(List.of(reading.sensor())).stream()
          .filter(it -> it.topic().endsWith("/bridge/state"))
          .forEach(messages::add);
    }
    of(reading).ifPresent(messages::add);
    return messages;
  }

  private static Publication online(AvailabilityMapping availability) {
    String online = availability.online().texts().getFirst();
    String payload =
        payload(availability.location(), online, JsonNodeFactory.instance.objectNode());
    return new Publication(availability.topic().text(), payload, true);
  }

  private static String payload(SourceConfig.Mqtt source, SimulatedReading reading, String value) {
    MqttMapping mapping = source.mapping();
    ObjectNode body = otherFields(source, reading);
    mapping.timestamp().ifPresent(it -> put(body, it.pointer(), time(it, reading.measuredAt())));
    return payload(mapping.level().location(), value, body);
  }

  /// What a power sensor measures, if its mapping reads numbers; else a value that has this meaning
  /// in the mapping: the first such word, or a number. A counter has no such value, as only two
  /// make a rate.
  private static Optional<String> value(LevelRule rule, SimulatedReading reading) {
    return switch (rule) {
      case LevelRule.Words it -> word(it, reading.active());
      case LevelRule.Thresholds _ when reading.watts().isPresent() ->
          Optional.of(text(reading.watts().getAsDouble()));
      case LevelRule.Thresholds it -> number(it, reading.active());
      case LevelRule.CounterRate _ -> Optional.empty();
    };
  }

  private static String text(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private static Optional<String> word(LevelRule.Words words, boolean active) {
    PayloadValues matching = active ? words.active() : words.inactive();
    return Stream.concat(matching.texts().stream(), Stream.of("1", "2"))
        .filter(it -> words.active(it, PayloadValues.isNumber(it)).equals(Optional.of(active)))
        .findFirst();
  }

  /// A number well on the right side of its limit.
  private static Optional<String> number(LevelRule.Thresholds limits, boolean active) {
    return limits
        .inactive()
        .map(LevelRule.Thresholds.Limit::value)
        .or(() -> Optional.of(limits.active().value()))
        .flatMap(
            other -> {
              double limit = active ? limits.active().value() : other;
              double step = Math.ceil(Math.abs(limit)) + 1;
              return Stream.of(limit + step, limit / 2, limit - step)
                  .filter(it -> limits.active(it).equals(Optional.of(active)))
                  .findFirst();
            })
        .map(DeviceMessages::text);
  }

  private static String payload(ValueLocation place, String value, ObjectNode body) {
    return switch (place) {
      case ValueLocation.WholeText _ -> value;
      case ValueLocation.InJson it -> json(it.pointer(), value, body);
      case ValueLocation.InJsonOrWholeText it -> json(it.pointer(), value, body);
    };
  }

  private static String json(PayloadPointer pointer, String value, ObjectNode body) {
    JsonNode node = json(value);
    if (pointer.names().isEmpty()) {
      return node.toString();
    }
    put(body, pointer, node);
    return body.toString();
  }

  private static JsonNode json(String value) {
    if (value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")) {
      return BooleanNode.valueOf(Boolean.parseBoolean(value));
    }
    return PayloadValues.isNumber(value)
        ? DecimalNode.valueOf(new BigDecimal(value))
        : TextNode.valueOf(value);
  }

  private static void put(ObjectNode body, PayloadPointer pointer, JsonNode value) {
    Iterator<String> names = pointer.names().iterator();
    ObjectNode parent = body;
    String name = names.next();
    while (names.hasNext()) {
      parent = parent.get(name) instanceof ObjectNode child ? child : parent.putObject(name);
      name = names.next();
    }
    parent.set(name, value);
  }

  /// The other fields of the family's messages.
  private static ObjectNode otherFields(SourceConfig.Mqtt source, SimulatedReading reading) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    int variation = Math.floorMod(reading.sensor().sensor().id().value().hashCode(), 40);
    return switch (source.preset()) {
      case ZIGBEE2MQTT -> zigbee(reading, variation, body);
      case TASMOTA ->
          body.put(
              "Time",
              reading.measuredAt().truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ""));
      case SHELLY_GEN2 -> body.put("id", 0);
      case JSON -> body.put("rssi", -40 - variation);
      case ESPHOME, HOME_ASSISTANT, ZWAVE_JS_UI, CHIRPSTACK, TTN, SPARKPLUG_B, CUSTOM -> body;
    };
  }

  /// The device's last measurement of its battery, the strength of the last radio message, and when
  /// the bridge received that.
  private static ObjectNode zigbee(SimulatedReading reading, int variation, ObjectNode body) {
    Instant seen = reading.measuredAt();
    return body.put("battery", 100 - variation)
        .put("voltage", 3_000 - 5 * variation - 7 * reading.checkIns() % 60)
        .put("linkquality", 90 + Math.floorMod(seen.toEpochMilli() / 1_000 + variation, 60))
        .put("last_seen", seen.toString());
  }

  private static JsonNode time(TimestampMapping mapping, Instant at) {
    return switch (mapping.unit()) {
      case ISO_8601, ISO_8601_OR_MILLISECONDS -> TextNode.valueOf(at.toString());
      case SECONDS ->
          DecimalNode.valueOf(BigDecimal.valueOf(at.toEpochMilli(), 3).stripTrailingZeros());
      case MILLISECONDS -> LongNode.valueOf(at.toEpochMilli());
    };
  }
}
