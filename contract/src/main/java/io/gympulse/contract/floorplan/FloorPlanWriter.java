package io.gympulse.contract.floorplan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.floorplan.Machine.Fusion;
import io.gympulse.contract.json.JsonTree;
import io.gympulse.contract.mqtt.LevelRule;
import io.gympulse.contract.mqtt.MqttMapping;
import io.gympulse.contract.mqtt.MqttMapping.AvailabilityMapping;
import io.gympulse.contract.mqtt.MqttMapping.LevelMapping;
import io.gympulse.contract.mqtt.MqttMapping.TimestampMapping;
import io.gympulse.contract.mqtt.PayloadValues;
import io.gympulse.contract.mqtt.Selection;
import io.gympulse.contract.mqtt.ValueLocation;
import java.time.Duration;
import java.util.Optional;

/// Writes floor plans in the format of [FloorPlanFile]. An MQTT source is written with its whole
/// mapping, so that it stays the same if a preset changes.
final class FloorPlanWriter {
  private FloorPlanWriter() {}

  static String write(FloorPlan plan) {
    ObjectNode root = JsonTree.object();
    Gym gym = plan.gym();
    ObjectNode written =
        root.putObject("gym")
            .put("id", gym.id().value())
            .put("name", gym.name())
            .put("latitude", gym.latitude())
            .put("longitude", gym.longitude())
            .put("zone", gym.zone().getId());
    plan.openingHours()
        .ifPresent(it -> OpeningHoursFile.write(it, written.putObject("openingHours")));
    root.put("gateway", plan.gateway().value());
    ArrayNode machines = root.putArray("machines");
    for (Machine machine : plan.machines()) {
      ObjectNode node = machines.addObject();
      node.put("id", machine.id().value()).put("category", machine.category().value());
      node.put("name", machine.name()).put("x", machine.x()).put("y", machine.y());
      ArrayNode sensors = node.putArray("sensors");
      machine.sensors().forEach(it -> write(it, sensors.addObject()));
      if (machine.fusion() != Fusion.ANY) {
        node.put("fusion", machine.fusion().wireName());
      }
    }
    return root.toPrettyString();
  }

  private static void write(Sensor sensor, ObjectNode node) {
    node.put("id", sensor.id().value()).put("behaviour", sensor.behaviour().wireName());
    ObjectNode source = node.putObject("source");
    switch (sensor.source()) {
      case SourceConfig.Mqtt mqtt -> write(mqtt, source);
      case SourceConfig.Gpio gpio -> write(gpio, source);
    }
    write(sensor.timing(), sensor.behaviour().timing(), node);
  }

  private static void write(SourceConfig.Gpio gpio, ObjectNode node) {
    node.put("type", "gpio");
    gpio.chip().ifPresent(it -> node.put("chip", it.value()));
    node.put("line", gpio.line()).put("pull", gpio.pull().wireName());
    node.put("activeHigh", gpio.activeHigh()).put("debounceMs", gpio.debounce().toMillis());
  }

  private static void write(SourceConfig.Mqtt source, ObjectNode node) {
    MqttMapping mapping = source.mapping();
    LevelMapping level = mapping.level();
    node.put("type", "mqtt").put("preset", source.preset().wireName());
    node.put("topic", mapping.topic().text());
    write(mapping.selection(), node);
    write(level.location(), node);
    write(level.rule(), node);
    node.put("missing", level.missing().wireName());
    write("ignored", level.ignored(), source.preset().ignored(), node);
    write("unavailable", level.unavailable(), source.preset().unavailable(), node);
    writeTimestamp(source, node);
    ArrayNode availability = node.putArray("availability");
    mapping.availability().forEach(it -> write(it, availability.addObject()));
    if (!source.mayAsk()) {
      node.put("ask", false);
    }
  }

  /// That there is none is written if the preset has one.
  private static void writeTimestamp(SourceConfig.Mqtt source, ObjectNode node) {
    Optional<TimestampMapping> timestamp = source.mapping().timestamp();
    if (timestamp.isPresent()) {
      node.putObject("timestamp")
          .put("pointer", timestamp.get().pointer().text())
          .put("unit", timestamp.get().unit().wireName());
    } else if (source.preset().timestamp().isPresent()) {
      node.put("timestamp", false);
    }
  }

  private static void write(AvailabilityMapping availability, ObjectNode node) {
    node.put("topic", availability.topic().text());
    write(availability.location(), node);
    write(availability.online(), node.putArray("online"));
    write(availability.offline(), node.putArray("offline"));
  }

  private static void write(Selection selection, ObjectNode node) {
    selection.each().ifPresent(it -> node.put("each", it.text()));
    if (!selection.where().isEmpty()) {
      ObjectNode where = node.putObject("where");
      selection.where().forEach((it, values) -> write(values, where.putArray(it.text())));
    }
  }

  /// Nothing if neither the source nor its preset has such values.
  private static void write(
      String key, PayloadValues values, PayloadValues standard, ObjectNode node) {
    if (!values.isEmpty() || !standard.isEmpty()) {
      write(values, node.putArray(key));
    }
  }

  private static void write(LevelRule rule, ObjectNode node) {
    switch (rule) {
      case LevelRule.Words it -> {
        write(it.active(), node.putArray("active"));
        write(it.inactive(), node.putArray("inactive"));
        node.put("otherNumbers", it.otherNumbers().wireName());
      }
      case LevelRule.Thresholds it -> {
        write(it.active(), node.putObject("active"));
        it.inactive().ifPresent(limit -> write(limit, node.putObject("inactive")));
      }
      case LevelRule.CounterRate it -> node.putObject("active").put("perMinute", it.perMinute());
    }
  }

  private static void write(LevelRule.Thresholds.Limit limit, ObjectNode node) {
    node.put(limit.side().wireName(), limit.value());
  }

  private static void write(ValueLocation location, ObjectNode node) {
    switch (location) {
      case ValueLocation.WholeText _ -> node.put("plainText", true);
      case ValueLocation.InJson it -> node.put("pointer", it.pointer().text());
      case ValueLocation.InJsonOrWholeText it ->
          node.put("pointer", it.pointer().text()).put("plainText", true);
    }
  }

  private static void write(PayloadValues texts, ArrayNode array) {
    texts.texts().forEach(array::add);
  }

  /// Without the values that follow from the behaviour.
  private static void write(SensorTiming timing, SensorTiming standard, ObjectNode node) {
    if (!timing.settle().equals(standard.settle())) {
      node.put("settleMs", timing.settle().toMillis());
    }
    write("minimumOnSeconds", timing.minimumOn(), standard.minimumOn(), node);
    write("vacancySeconds", timing.vacancyTimeout(), standard.vacancyTimeout(), node);
    write("holdSeconds", timing.hold(), standard.hold(), node);
    write("deviceHoldSeconds", timing.deviceHold(), standard.deviceHold(), node);
    write(
        "offDelaySeconds",
        timing.offDelay().orElse(Duration.ZERO),
        standard.offDelay().orElse(Duration.ZERO),
        node);
    timing.silentAfter().ifPresent(it -> node.put("silentAfterSeconds", seconds(it)));
  }

  private static void write(String key, Duration value, Duration standard, ObjectNode node) {
    if (!value.equals(standard)) {
      node.put(key, seconds(value));
    }
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
