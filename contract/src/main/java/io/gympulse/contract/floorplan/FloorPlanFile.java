package io.gympulse.contract.floorplan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.gympulse.contract.floorplan.Machine.Fusion;
import io.gympulse.contract.floorplan.Sensor.Behaviour;
import io.gympulse.contract.floorplan.SourceConfig.Gpio;
import io.gympulse.contract.floorplan.SourceConfig.GpioChip;
import io.gympulse.contract.floorplan.SourceConfig.GpioPull;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import io.gympulse.contract.json.JsonCursor;
import io.gympulse.contract.json.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// Reads and writes floor plans as JSON. A field that is unknown, null or there twice is refused,
/// so that a mistyped name is detected when the file is read and not when a sensor stays silent.
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
/// left out and is then 5. `settleMs`, `minimumOnSeconds`, `vacancySeconds`, `holdSeconds` and
/// `offDelaySeconds` may be left out and are then those of the behaviour; without
/// `silentAfterSeconds` a silent sensor is never taken for dead; a machine's `fusion` is `any` by
/// default.
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
      return plan(JsonCursor.root(JSON.read(json), it -> exception(it, origin)));
    } catch (JsonProcessingException e) {
      throw new FloorPlanException(
          "floor plan %s is not JSON: %s".formatted(origin, e.getOriginalMessage()));
    }
  }

  private static FloorPlanException exception(JsonCursor.Problem problem, String origin) {
    return new FloorPlanException(
        "floor plan %s: %s%s".formatted(origin, problem.path().isEmpty() ? "" : "field ", problem));
  }

  private static FloorPlan plan(JsonCursor<FloorPlanException> root) throws FloorPlanException {
    root.closedObject("gym", "gateway", "machines");
    Gym gym = gym(root.field("gym"));
    GatewayId gateway = root.field("gateway").parse(GatewayId::new);
    List<Machine> machines = root.field("machines").list(FloorPlanFile::machine);
    return root.field("machines").checked(() -> new FloorPlan(gym, gateway, machines));
  }

  private static Gym gym(JsonCursor<FloorPlanException> node) throws FloorPlanException {
    node.closedObject("id", "name", "latitude", "longitude", "zone");
    return node.checked(
        () ->
            new Gym(
                node.field("id").parse(GymId::new),
                node.field("name").text(),
                node.field("latitude").number(),
                node.field("longitude").number(),
                node.field("zone").parse(ZoneId::of)));
  }

  private static Machine machine(JsonCursor<FloorPlanException> node) throws FloorPlanException {
    node.closedObject("id", "category", "name", "x", "y", "sensors", "fusion");
    List<Sensor> sensors = node.field("sensors").list(FloorPlanFile::sensor);
    return node.checked(
        () ->
            new Machine(
                node.field("id").parse(MachineId::new),
                node.field("category").parse(CategoryId::new),
                node.field("name").text(),
                node.field("x").number(),
                node.field("y").number(),
                sensors,
                node.optional("fusion", it -> it.named(Fusion::ofWireName, "any, all, majority"))
                    .orElse(Fusion.ANY)));
  }

  private static Sensor sensor(JsonCursor<FloorPlanException> node) throws FloorPlanException {
    node.closedObject(
        "id",
        "behaviour",
        "source",
        "settleMs",
        "minimumOnSeconds",
        "vacancySeconds",
        "holdSeconds",
        "offDelaySeconds",
        "silentAfterSeconds");
    Behaviour behaviour =
        node.field("behaviour").named(Behaviour::ofWireName, Behaviour.wireNames());
    return node.checked(
        () ->
            new Sensor(
                node.field("id").parse(SensorId::new),
                behaviour,
                source(node.field("source")),
                timing(node, behaviour.timing())));
  }

  private static SensorTiming timing(JsonCursor<FloorPlanException> node, SensorTiming standard)
      throws FloorPlanException {
    return new SensorTiming(
        node.optional("settleMs", it -> millis(it, 1)).orElse(standard.settle()),
        seconds(node, "minimumOnSeconds").orElse(standard.minimumOn()),
        seconds(node, "vacancySeconds").orElse(standard.vacancyTimeout()),
        seconds(node, "holdSeconds").orElse(standard.hold()),
        offDelay(node, standard),
        seconds(node, "silentAfterSeconds"));
  }

  /// 0 means that there is none, whatever the standard.
  private static Optional<Duration> offDelay(
      JsonCursor<FloorPlanException> node, SensorTiming standard) throws FloorPlanException {
    return seconds(node, "offDelaySeconds").or(standard::offDelay).filter(it -> !it.isZero());
  }

  private static Optional<Duration> seconds(JsonCursor<FloorPlanException> node, String name)
      throws FloorPlanException {
    return node.optional(name, it -> millis(it, 1_000));
  }

  private static Duration millis(JsonCursor<FloorPlanException> number, int unitMillis)
      throws FloorPlanException {
    return Duration.ofMillis(Math.round(number.number() * unitMillis));
  }

  private static SourceConfig source(JsonCursor<FloorPlanException> node)
      throws FloorPlanException {
    JsonCursor<FloorPlanException> type = node.field("type");
    return switch (type.text()) {
      case "mqtt" -> MqttSourceReader.read(node);
      case "gpio" -> gpio(node);
      default -> throw type.invalid("'%s' is not one of mqtt, gpio".formatted(type.text()));
    };
  }

  private static Gpio gpio(JsonCursor<FloorPlanException> node) throws FloorPlanException {
    node.closedObject("type", "chip", "line", "pull", "activeHigh", "debounceMs");
    boolean activeHigh = node.field("activeHigh").bool();
    GpioPull pull =
        node.optional("pull", it -> it.named(GpioPull::ofWireName, "up, down, off"))
            .orElse(GpioPull.restingAt(activeHigh));
    Duration debounce =
        node.optional("debounceMs", it -> Duration.ofMillis(it.integer(0, Gpio.MAX_DEBOUNCE_MS)))
            .orElse(Gpio.USUAL_DEBOUNCE);
    return node.checked(
        () ->
            new Gpio(
                node.optional("chip", it -> it.parse(GpioChip::new)),
                node.field("line").integer(0, Gpio.MAX_LINE),
                pull,
                activeHigh,
                debounce));
  }

  /// The plan as a JSON text that [#parse] reads back to an equal plan.
  public static String write(FloorPlan plan) {
    return FloorPlanWriter.write(plan);
  }
}
