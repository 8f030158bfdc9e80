package io.gympulse.contract.floorplan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
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
import io.gympulse.contract.json.JsonCursor.Construction;
import io.gympulse.contract.json.JsonLocations.Location;
import io.gympulse.contract.json.JsonTree;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/// Reads and writes floor plans as JSON. A field that is unknown, null or there twice is refused,
/// so that a mistyped name is detected when the file is read and not when a sensor stays silent.
/// All mistakes of a file are reported at once.
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
/// left out and is then 5. Durations may be left out and are then those of the behaviour; without
/// `silentAfterSeconds` a silent sensor is never taken for dead; a machine's `fusion` is `any` by
/// default. The gym's `openingHours` may be left out: `{"mon": "06:00-23:00", ..}`.
public final class FloorPlanFile {
  private static final JsonTree JSON =
      new JsonTree(
          JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  // Of a larger plan, only one conflict between machines is reported.
  private static final int MAX_COMPARED = 1_000;

  private FloorPlanFile() {}

  /// @throws FloorPlanException if the file is missing, unreadable or not a valid floor plan
  public static FloorPlan read(Path file) throws FloorPlanException {
    return parse(text(file), file.toString());
  }

  /// A valid plan.
  ///
  /// @param hints about what may not be meant, in the order of the text
  public record CheckedPlan(FloorPlan plan, List<FloorPlanRemark> hints) {
    public CheckedPlan {
      hints = List.copyOf(hints);
    }
  }

  /// Reads a plan, and looks for what is valid in it but may not be meant.
  ///
  /// @throws FloorPlanException if the file is missing, unreadable or not a valid floor plan
  public static CheckedPlan check(Path file) throws FloorPlanException {
    String json = text(file);
    FloorPlan plan = parse(json, file.toString());
    try {
      return new CheckedPlan(plan, FloorPlanHints.of(plan, JSON.read(json), json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a text that was parsed can be parsed again", e);
    }
  }

  private static String text(Path file) throws FloorPlanException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new FloorPlanException("floor plan %s does not exist".formatted(file));
    } catch (CharacterCodingException e) {
      throw new FloorPlanException("floor plan %s is not UTF-8; save it as that".formatted(file));
    } catch (IOException e) {
      throw new FloorPlanException("floor plan %s cannot be read: %s".formatted(file, e));
    }
  }

  /// @param origin what to call the text in an error, such as its file name
  /// @throws FloorPlanException if the text is not a valid floor plan; it has all mistakes
  public static FloorPlan parse(String json, String origin) throws FloorPlanException {
    List<JsonCursor.Problem> problems = new ArrayList<>();
    try {
      FloorPlan plan =
          plan(
              JsonCursor.collecting(
                  JSON.read(json), it -> new FloorPlanException(it.toString()), problems));
      if (problems.isEmpty()) {
        return plan;
      }
    } catch (JsonProcessingException e) {
      throw new FloorPlanException(origin, List.of(syntaxError(e)));
    } catch (FloorPlanException e) {
      if (problems.isEmpty()) {
        throw e;
      }
    }
    throw new FloorPlanException(
        origin,
        FloorPlanRemark.located(
            json, problems.stream().map(it -> Map.entry(it.path(), it.detail())).toList()));
  }

  private static FloorPlanRemark syntaxError(JsonProcessingException error) {
    JsonLocation at = error.getLocation();
    Location location =
        at == null ? new Location(1, 1) : new Location(at.getLineNr(), at.getColumnNr());
    return new FloorPlanRemark("", location, "is not JSON: " + error.getOriginalMessage());
  }

  private static FloorPlan plan(JsonCursor<FloorPlanException> root) throws FloorPlanException {
    root.closedObject("gym", "gateway", "machines");
    Construction<Gym, FloorPlanException> gym = root.read("gym", FloorPlanFile::gym);
    Construction<GatewayId, FloorPlanException> gateway =
        root.read("gateway", it -> it.parse(GatewayId::new));
    JsonCursor<FloorPlanException> machines = root.field("machines");
    List<MachineAt> read = machines.list(it -> new MachineAt(it, machine(it)));
    findConflicts(read);
    Optional<OpeningHours> hours = openingHours(root.field("gym"));
    return machines.checked(
        () ->
            new FloorPlan(
                gym.construct(),
                gateway.construct(),
                read.stream().map(MachineAt::machine).toList(),
                hours));
  }

  private static Optional<OpeningHours> openingHours(JsonCursor<FloorPlanException> gym)
      throws FloorPlanException {
    // Without a zone there is no plan, so that the one taken instead is never used.
    ZoneId zone = gym.optional("zone", it -> it.parse(ZoneId::of)).orElse(ZoneOffset.UTC);
    return gym.optional("openingHours", it -> OpeningHoursFile.read(it, zone));
  }

  /// A machine and where it is in the file.
  private record MachineAt(JsonCursor<FloorPlanException> node, Machine machine) {}

  /// Reports each machine that is in conflict with itself or with one before it. A conflict is one
  /// of two machines at most, so that pairs are compared, but only if there is one.
  private static void findConflicts(List<MachineAt> machines) {
    List<Machine> all = machines.stream().map(MachineAt::machine).toList();
    if (all.size() > MAX_COMPARED || FloorPlan.conflict(all).isEmpty()) {
      return;
    }
    for (int i = 0; i < all.size(); i++) {
      Machine machine = all.get(i);
      Stream<List<Machine>> pairs = all.subList(0, i).stream().map(it -> List.of(it, machine));
      Optional<String> conflict =
          Stream.concat(Stream.of(List.of(machine)), pairs)
              .map(FloorPlan::conflict)
              .flatMap(Optional::stream)
              .findFirst();
      if (conflict.isPresent()) {
        var _ = machines.get(i).node().invalid(conflict.get());
      }
    }
  }

  private static Gym gym(JsonCursor<FloorPlanException> node) throws FloorPlanException {
    node.closedObject("id", "name", "latitude", "longitude", "zone", "openingHours");
    Construction<GymId, FloorPlanException> id = node.read("id", it -> it.parse(GymId::new));
    Construction<String, FloorPlanException> name = node.read("name", JsonCursor::text);
    Construction<Double, FloorPlanException> latitude = node.read("latitude", JsonCursor::number);
    Construction<Double, FloorPlanException> longitude = node.read("longitude", JsonCursor::number);
    Construction<ZoneId, FloorPlanException> zone = node.read("zone", it -> it.parse(ZoneId::of));
    return node.checked(
        () ->
            new Gym(
                id.construct(),
                name.construct(),
                latitude.construct(),
                longitude.construct(),
                zone.construct()));
  }

  private static Machine machine(JsonCursor<FloorPlanException> node) throws FloorPlanException {
    node.closedObject("id", "category", "name", "x", "y", "sensors", "fusion");
    Construction<MachineId, FloorPlanException> id =
        node.read("id", it -> it.parse(MachineId::new));
    Construction<CategoryId, FloorPlanException> category =
        node.read("category", it -> it.parse(CategoryId::new));
    Construction<String, FloorPlanException> name = node.read("name", JsonCursor::text);
    Construction<Double, FloorPlanException> x = node.read("x", JsonCursor::number);
    Construction<Double, FloorPlanException> y = node.read("y", JsonCursor::number);
    Construction<List<Sensor>, FloorPlanException> sensors =
        node.read("sensors", it -> it.list(FloorPlanFile::sensor));
    Fusion fusion =
        node.optional("fusion", it -> it.named(Fusion::ofWireName, "any, all, majority"))
            .orElse(Fusion.ANY);
    return node.checked(
        () ->
            new Machine(
                id.construct(),
                category.construct(),
                name.construct(),
                x.construct(),
                y.construct(),
                sensors.construct(),
                fusion));
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
        "deviceHoldSeconds",
        "offDelaySeconds",
        "silentAfterSeconds");
    Construction<SensorId, FloorPlanException> id = node.read("id", it -> it.parse(SensorId::new));
    Optional<Behaviour> behaviour =
        node.optional("behaviour", it -> it.named(Behaviour::ofWireName, Behaviour.wireNames()));
    Construction<SourceConfig, FloorPlanException> source =
        node.read("source", it -> it.checked(() -> source(it, behaviour.orElse(Behaviour.LEVEL))));
    SensorTiming timing = timing(node, behaviour.map(Behaviour::timing).orElse(SensorTiming.NONE));
    return node.checked(
        () ->
            new Sensor(
                id.construct(),
                behaviour.orElseThrow(() -> node.field("behaviour").expected("a text")),
                source.construct(),
                timing));
  }

  /// 0 for `offDelaySeconds` means that there is none, whatever the standard.
  private static SensorTiming timing(JsonCursor<FloorPlanException> node, SensorTiming standard)
      throws FloorPlanException {
    SensorTiming timing = standard;
    timing = timing(node, "settleMs", 1, timing, SensorTiming::withSettle);
    timing = timing(node, "minimumOnSeconds", 1_000, timing, SensorTiming::withMinimumOn);
    timing = timing(node, "vacancySeconds", 1_000, timing, SensorTiming::withVacancyTimeout);
    timing = timing(node, "holdSeconds", 1_000, timing, SensorTiming::withHold);
    timing = timing(node, "deviceHoldSeconds", 1_000, timing, SensorTiming::withDeviceHold);
    timing =
        timing(
            node,
            "offDelaySeconds",
            1_000,
            timing,
            (it, value) -> value.isZero() ? it.withoutOffDelay() : it.withOffDelay(value));
    return timing(node, "silentAfterSeconds", 1_000, timing, SensorTiming::withSilentAfter);
  }

  /// The timing with one duration, if the file gives it.
  private static SensorTiming timing(
      JsonCursor<FloorPlanException> node,
      String name,
      int unitMillis,
      SensorTiming standard,
      BiFunction<SensorTiming, Duration, SensorTiming> changed)
      throws FloorPlanException {
    return node.optional(
            name,
            it -> {
              Duration value = Duration.ofMillis(Math.round(it.number() * unitMillis));
              return it.checked(() -> changed.apply(standard, value));
            })
        .orElse(standard);
  }

  private static SourceConfig source(JsonCursor<FloorPlanException> node, Behaviour behaviour)
      throws FloorPlanException {
    JsonCursor<FloorPlanException> type = node.field("type");
    return switch (type.text()) {
      case "mqtt" -> MqttSourceReader.read(node, behaviour);
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
