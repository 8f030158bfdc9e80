package io.gympulse.sim.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.SensorBehaviour;
import io.gympulse.contract.floorplan.SensorSource;
import io.gympulse.contract.mqtt.AvailabilityMapping;
import io.gympulse.contract.mqtt.LevelWords;
import io.gympulse.contract.mqtt.MqttMapping;
import io.gympulse.contract.mqtt.PayloadPointer;
import io.gympulse.contract.mqtt.Place;
import io.gympulse.contract.mqtt.Texts;
import io.gympulse.contract.mqtt.TimestampMapping;
import io.gympulse.sim.sensor.Fitting;
import io.gympulse.sim.sensor.SensorReading;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Writes readings as the devices do, by the mapping of the floor plan and with what else the
/// device's family says in a message. Zigbee2MQTT: `{"occupancy":true,"battery":87,
/// "linkquality":131}`; Tasmota: `{"Time":"2026-03-01T18:00:00","Switch1":"ON"}`; ESPHome: `ON`;
/// Shelly: `{"id":0,"state":true}`; plain JSON: `{"active":true,"rssi":-61}`. A level is retained,
/// a pulse is not: a pulse that somebody receives later would be a lie. Stateless.
public final class DeviceMessages {
  private DeviceMessages() {}

  /// The message that carries the reading; empty for a sensor that is wired to GPIO, or has no word
  /// for it.
  public static Optional<Publication> of(SensorReading reading) {
    Sensor sensor = reading.fitting().sensor();
    return switch (sensor.source()) {
      case SensorSource.Mqtt source ->
          word(source.mapping().level().words(), reading.active())
              .map(
                  word ->
                      new Publication(
                          source.mapping().topic().topic(sensor.id().value()),
                          payload(source, reading, word),
                          sensor.behaviour() == SensorBehaviour.LEVEL));
      case SensorSource.Gpio wired -> Optional.empty();
    };
  }

  /// The messages by which the devices and their bridges say that they are there, each once.
  public static List<Publication> online(Collection<Fitting> fittings) {
    return fittings.stream()
        .map(it -> it.sensor().source())
        .filter(SensorSource.Mqtt.class::isInstance)
        .flatMap(it -> ((SensorSource.Mqtt) it).mapping().availability().stream())
        .map(DeviceMessages::online)
        .distinct()
        .toList();
  }

  private static Publication online(AvailabilityMapping availability) {
    String online = availability.online().texts().getFirst();
    String payload = placed(availability.place(), online, JsonNodeFactory.instance.objectNode());
    return new Publication(availability.topic().text(), payload, true);
  }

  private static String payload(SensorSource.Mqtt source, SensorReading reading, String word) {
    MqttMapping mapping = source.mapping();
    ObjectNode body = surroundings(source, reading);
    mapping.timestamp().ifPresent(it -> put(body, it.pointer(), time(it, reading.at())));
    return placed(mapping.level().place(), word, body);
  }

  /// The device's first word for it, or any number if that will do.
  private static Optional<String> word(LevelWords words, boolean active) {
    Texts texts = active ? words.active() : words.inactive();
    return Stream.concat(texts.texts().stream(), Stream.of("1", "2"))
        .filter(it -> words.active(it, Texts.isNumber(it)).equals(Optional.of(active)))
        .findFirst();
  }

  private static String placed(Place place, String word, ObjectNode body) {
    return switch (place) {
      case Place.WholeText _ -> word;
      case Place.InJson it -> json(it.pointer(), word, body);
      case Place.InJsonOrWholeText it -> json(it.pointer(), word, body);
    };
  }

  private static String json(PayloadPointer pointer, String word, ObjectNode body) {
    JsonNode value = json(word);
    if (pointer.names().isEmpty()) {
      return value.toString();
    }
    put(body, pointer, value);
    return body.toString();
  }

  private static JsonNode json(String word) {
    if (word.equalsIgnoreCase("true") || word.equalsIgnoreCase("false")) {
      return BooleanNode.valueOf(Boolean.parseBoolean(word));
    }
    return Texts.isNumber(word)
        ? DecimalNode.valueOf(new BigDecimal(word))
        : TextNode.valueOf(word);
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

  /// What else is in a message of this family, beside the reading.
  private static ObjectNode surroundings(SensorSource.Mqtt source, SensorReading reading) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    int character = Math.floorMod(reading.fitting().sensor().id().value().hashCode(), 40);
    return switch (source.preset()) {
      case ZIGBEE2MQTT -> body.put("battery", 100 - character).put("linkquality", 90 + character);
      case TASMOTA ->
          body.put(
              "Time", reading.at().truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ""));
      case SHELLY_GEN2 -> body.put("id", 0);
      case JSON -> body.put("rssi", -40 - character);
      case ESPHOME, CUSTOM -> body;
    };
  }

  private static JsonNode time(TimestampMapping mapping, Instant at) {
    return switch (mapping.unit()) {
      case ISO_8601 -> TextNode.valueOf(at.toString());
      case SECONDS ->
          DecimalNode.valueOf(BigDecimal.valueOf(at.toEpochMilli(), 3).stripTrailingZeros());
      case MILLISECONDS -> LongNode.valueOf(at.toEpochMilli());
    };
  }
}
