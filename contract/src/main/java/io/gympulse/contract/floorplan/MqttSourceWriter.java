package io.gympulse.contract.floorplan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.mqtt.AvailabilityMapping;
import io.gympulse.contract.mqtt.LevelMapping;
import io.gympulse.contract.mqtt.MqttMapping;
import io.gympulse.contract.mqtt.Place;
import io.gympulse.contract.mqtt.Texts;

/// Writes an MQTT source with its whole mapping, so that it means the same whatever a preset says.
final class MqttSourceWriter {
  private MqttSourceWriter() {}

  static void write(SensorSource.Mqtt source, ObjectNode node) {
    MqttMapping mapping = source.mapping();
    LevelMapping level = mapping.level();
    node.put("type", "mqtt").put("preset", source.preset().wireName());
    node.put("topic", mapping.topic().text());
    write(level.place(), node);
    write(level.words().active(), node.putArray("active"));
    write(level.words().inactive(), node.putArray("inactive"));
    node.put("otherNumbers", level.words().otherNumbers().wireName());
    node.put("missing", level.missing().wireName());
    mapping
        .timestamp()
        .ifPresent(
            it ->
                node.putObject("timestamp")
                    .put("pointer", it.pointer().text())
                    .put("unit", it.unit().wireName()));
    ArrayNode availability = node.putArray("availability");
    mapping.availability().forEach(it -> write(it, availability.addObject()));
  }

  private static void write(AvailabilityMapping availability, ObjectNode node) {
    node.put("topic", availability.topic().text());
    write(availability.place(), node);
    write(availability.online(), node.putArray("online"));
    write(availability.offline(), node.putArray("offline"));
  }

  private static void write(Place place, ObjectNode node) {
    switch (place) {
      case Place.WholeText _ -> node.put("plainText", true);
      case Place.InJson it -> node.put("pointer", it.pointer().text());
      case Place.InJsonOrWholeText it ->
          node.put("pointer", it.pointer().text()).put("plainText", true);
    }
  }

  private static void write(Texts texts, ArrayNode array) {
    texts.texts().forEach(array::add);
  }
}
