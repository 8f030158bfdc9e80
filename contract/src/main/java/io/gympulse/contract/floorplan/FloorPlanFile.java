package io.gympulse.contract.floorplan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import io.gympulse.contract.json.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// Reads and writes floor plans as JSON. A field that is not known or comes twice is refused, so
/// that a mistyped name is found when the file is read and not when a sensor stays silent.
///
/// ```json
/// {"gym": {"id": "downtown", "name": "Downtown",
///          "latitude": 47.37, "longitude": 8.54, "zone": "Europe/Zurich"},
///  "gateway": "downtown-gw",
///  "machines": [
///    {"id": "downtown-bike-1", "category": "bike", "name": "Bike 1", "x": 2.0, "y": 3.5,
///     "sensors": [{"id": "downtown-bike-1-reed", "behaviour": "level", "settleMs": 200,
///                  "vacancySeconds": 0,
///                  "source": {"type": "mqtt", "preset": "json", "topic": "gym/bike-1",
///                             "property": "active"}}]}]}
/// ```
///
/// A GPIO source is `{"type": "gpio", "chip": "gpiochip0", "line": 17, "pull": "down",
/// "activeHigh": true, "debounceMs": 5}`. Without `chip` it is a line of the gateway's own header;
/// without `pull` an active-high line is pulled down, an active-low one up; `debounceMs` may be
/// left out and is then 5. `settleMs`, `minimumOnSeconds`, `vacancySeconds` and `holdSeconds` may
/// be left out and are then 0; without `silentAfterSeconds` silence is sound; a machine's `fusion`
/// is `any` unless it says otherwise.
public final class FloorPlanFile {
  private static final JsonTree JSON =
      new JsonTree(
          JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private FloorPlanFile() {}

  /// @throws FloorPlanException if the file is missing, unreadable or not a valid floor plan
  public static FloorPlan read(Path file) throws FloorPlanException {
    try {
      return parse(Files.readString(file), file.toString());
    } catch (NoSuchFileException e) {
      throw new FloorPlanException("floor plan %s does not exist".formatted(file));
    } catch (IOException e) {
      throw new FloorPlanException("floor plan %s cannot be read: %s".formatted(file, e));
    }
  }

  /// @param origin what to call the text in an error, such as its file name
  /// @throws FloorPlanException if the text is not a valid floor plan
  public static FloorPlan parse(String json, String origin) throws FloorPlanException {
    try {
      return plan(PlanNode.root(JSON.read(json)));
    } catch (JsonProcessingException e) {
      throw new FloorPlanException(
          "floor plan %s is not JSON: %s".formatted(origin, e.getOriginalMessage()));
    } catch (PlanNode.Refused e) {
      throw new FloorPlanException("floor plan %s: %s".formatted(origin, e.getMessage()));
    }
  }

  private static FloorPlan plan(PlanNode root) {
    root.allow("gym", "gateway", "machines");
    Gym gym = gym(root.child("gym"));
    GatewayId gateway = root.child("gateway").parse(GatewayId::new);
    List<Machine> machines =
        root.child("machines").elements().stream().map(FloorPlanFile::machine).toList();
    return root.child("machines").checked(() -> new FloorPlan(gym, gateway, machines));
  }

  private static Gym gym(PlanNode node) {
    node.allow("id", "name", "latitude", "longitude", "zone");
    return node.checked(
        () ->
            new Gym(
                node.child("id").parse(GymId::new),
                node.child("name").text(),
                node.child("latitude").number(),
                node.child("longitude").number(),
                node.child("zone").parse(ZoneId::of)));
  }

  private static Machine machine(PlanNode node) {
    node.allow("id", "category", "name", "x", "y", "sensors", "fusion");
    List<Sensor> sensors =
        node.child("sensors").elements().stream().map(FloorPlanFile::sensor).toList();
    return node.checked(
        () ->
            new Machine(
                node.child("id").parse(MachineId::new),
                node.child("category").parse(CategoryId::new),
                node.child("name").text(),
                node.child("x").number(),
                node.child("y").number(),
                sensors,
                node.has("fusion")
                    ? node.child("fusion").named(Fusion::ofWireName, "any, all, majority")
                    : Fusion.ANY));
  }

  private static Sensor sensor(PlanNode node) {
    node.allow(
        "id",
        "behaviour",
        "source",
        "settleMs",
        "minimumOnSeconds",
        "vacancySeconds",
        "holdSeconds",
        "silentAfterSeconds");
    return node.checked(
        () ->
            new Sensor(
                node.child("id").parse(SensorId::new),
                node.child("behaviour").named(SensorBehaviour::ofWireName, "level, pulse"),
                source(node.child("source")),
                timing(node)));
  }

  private static SensorTiming timing(PlanNode node) {
    return new SensorTiming(
        node.millis("settleMs"),
        node.seconds("minimumOnSeconds"),
        node.seconds("vacancySeconds"),
        node.seconds("holdSeconds"),
        node.has("silentAfterSeconds")
            ? Optional.of(node.seconds("silentAfterSeconds"))
            : Optional.empty());
  }

  private static SensorSource source(PlanNode node) {
    PlanNode type = node.child("type");
    return switch (type.text()) {
      case "mqtt" -> MqttSourceFile.read(node);
      case "gpio" -> GpioNode.read(node);
      default -> throw type.refused("'%s' is not one of mqtt, gpio".formatted(type.text()));
    };
  }

  /// The plan as a JSON text that [#parse] reads back to an equal plan.
  public static String write(FloorPlan plan) {
    ObjectNode root = JsonTree.object();
    Gym gym = plan.gym();
    root.putObject("gym")
        .put("id", gym.id().value())
        .put("name", gym.name())
        .put("latitude", gym.latitude())
        .put("longitude", gym.longitude())
        .put("zone", gym.zone().getId());
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
      case SensorSource.Mqtt mqtt -> MqttSourceWriter.write(mqtt, source);
      case SensorSource.Gpio gpio -> GpioNode.write(gpio, source);
    }
    write(sensor.timing(), node);
  }

  private static void write(SensorTiming timing, ObjectNode node) {
    node.put("settleMs", timing.settle().toMillis());
    node.put("vacancySeconds", seconds(timing.vacancyTimeout()));
    if (!timing.minimumOn().isZero()) {
      node.put("minimumOnSeconds", seconds(timing.minimumOn()));
    }
    if (!timing.hold().isZero()) {
      node.put("holdSeconds", seconds(timing.hold()));
    }
    timing.silentAfter().ifPresent(it -> node.put("silentAfterSeconds", seconds(it)));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
