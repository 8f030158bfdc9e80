package io.gympulse.edge.configuration;

import static io.gympulse.edge.configuration.ConfigurationValues.parsed;
import static io.gympulse.edge.configuration.ConfigurationValues.path;
import static io.gympulse.edge.configuration.ConfigurationValues.readableFile;
import static io.gympulse.edge.configuration.ConfigurationValues.refused;
import static io.gympulse.edge.configuration.ConfigurationValues.seconds;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.floorplan.SourceConfig;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.json.JsonCursor;
import io.gympulse.contract.json.JsonTree;
import io.gympulse.edge.configuration.GatewayConfiguration.Card;
import io.gympulse.edge.configuration.GatewayConfiguration.ClockTrust;
import io.gympulse.edge.configuration.GatewayConfiguration.Timing;
import io.gympulse.edge.sensing.mqtt.LanBrokerConfig;
import io.gympulse.edge.uplink.UplinkSettings.Nucleus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a gateway's configuration. Relative paths are relative to the file's folder.
///
/// ```json {"gym": "downtown", "gateway": "downtown-gw", "floorPlan": "floor-plan.json", "dataDir":
/// "data", "lan": {"host": "127.0.0.1", "port": 1883}, "uplink": {"host": "127.0.0.1", "port":
/// 8883, "certificate": "certificate.pem", "privateKey": "private.key", "rootCa": "root-ca.pem",
/// "topics": "plain"}, "machines": ["downtown-bike-1"], "heartbeatSeconds": 60, "retrySeconds": 30,
/// "stuckAfterSeconds": 21600, "clock": "kernel", "screen": {"listen": "0.0.0.0:8443"}} ```
///
/// `uplink.topics` is optional, `plain` or `basic-ingest`; `uplink.via` is `greengrass` or
/// `direct`, and inside a Greengrass component `uplink` may be missing. `lan` is required if the
/// floor plan has MQTT sensors; it may also have `username` and `passwordFile`, and `caFile` for
/// TLS. `machines` limits this gateway to some machines. The last five keys are optional, as is
/// `card` with `ratedCycles` and `writeAmplification`.
public final class GatewayConfigurationFile {
  private static final JsonTree JSON = JsonTree.standard();
  private static final double SIX_HOURS = 21_600;
  private static final double WEEK = 604_800;

  private GatewayConfigurationFile() {}

  /// Reads a file for this process.
  public static GatewayConfiguration read(Path file) throws ConfigurationException {
    return read(file, System.getenv());
  }

  /// @param environment shows whether the process is a Greengrass component
  static GatewayConfiguration read(Path file, Map<String, String> environment)
      throws ConfigurationException {
    try {
      Path folder = file.toAbsolutePath().normalize().getParent();
      return configuration(
          JsonCursor.root(JSON.read(Files.readString(file)), it -> problem(file, it)),
          folder == null ? Path.of("/") : folder,
          Nucleus.of(environment));
    } catch (JsonProcessingException e) {
      throw new ConfigurationException(
          "configuration %s is not JSON: %s; fix it there".formatted(file, e.getOriginalMessage()));
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(
          "configuration %s does not exist; name another with --config".formatted(file));
    } catch (IOException e) {
      throw new ConfigurationException("configuration %s cannot be read: %s".formatted(file, e));
    }
  }

  private static ConfigurationException problem(Path file, JsonCursor.Problem problem) {
    String key = problem.path().isEmpty() ? "" : "key '%s'".formatted(problem.path());
    String text =
        switch (problem.kind()) {
          case MISSING -> key + " " + problem.detail();
          case UNKNOWN_FIELD -> key + " " + problem.detail() + ", or remove it";
          case INVALID, TOO_LARGE -> key + (key.isEmpty() ? "" : ": ") + problem.detail();
        };
    return new ConfigurationException("configuration %s: %s".formatted(file, text));
  }

  private static GatewayConfiguration configuration(
      JsonCursor<ConfigurationException> root, Path folder, Optional<Nucleus> nucleus)
      throws ConfigurationException {
    root.closedObject(
        "gym",
        "gateway",
        "floorPlan",
        "dataDir",
        "lan",
        "uplink",
        "machines",
        "heartbeatSeconds",
        "retrySeconds",
        "stuckAfterSeconds",
        "clock",
        "card",
        "screen");
    FloorPlan plan = floorPlan(root.field("floorPlan"), folder);
    GymId gym = parsed(root.field("gym"), "the gym's id", GymId::new);
    requireSame(root.field("gym"), gym, plan.gym().id());
    GatewayId gateway = parsed(root.field("gateway"), "this gateway's id", GatewayId::new);
    requireSame(root.field("gateway"), gateway, plan.gateway());
    Optional<ScreenSettings> screen = screen(root, folder);
    List<Machine> machines = machines(root, plan, screen.isPresent());
    return new GatewayConfiguration(
        plan.address(),
        machines,
        plan.openingHours(),
        path(root.field("dataDir"), folder, "the folder for the outbox"),
        lan(root.field("lan"), machines, folder),
        UplinkReader.read(root.field("uplink"), folder, nucleus),
        timing(root),
        root.optional("card", GatewayConfigurationFile::card).orElse(Card.USUAL),
        screen);
  }

  private static Card card(JsonCursor<ConfigurationException> key) throws ConfigurationException {
    key.closedObject("ratedCycles", "writeAmplification");
    return new Card(
        number(key.field("ratedCycles"), Card.USUAL.ratedCycles(), 1_000_000),
        number(key.field("writeAmplification"), Card.USUAL.writeAmplification(), 1_000));
  }

  private static double number(JsonCursor<ConfigurationException> key, double standard, double most)
      throws ConfigurationException {
    double number = key.isPresent() ? key.number() : standard;
    if (number < 1 || number > most) {
      throw key.expected(
          "a number from 1 to %.0f (%.0f without this key)".formatted(most, standard));
    }
    return number;
  }

  private static Optional<ScreenSettings> screen(
      JsonCursor<ConfigurationException> root, Path folder) throws ConfigurationException {
    Path plan = path(root.field("floorPlan"), folder, "the path of the floor plan");
    return root.optional("screen", it -> ScreenReader.read(it, plan));
  }

  private static FloorPlan floorPlan(JsonCursor<ConfigurationException> key, Path folder)
      throws ConfigurationException {
    Path file = readableFile(key, folder, "the path of the floor plan");
    try {
      return FloorPlanFile.read(file);
    } catch (FloorPlanException e) {
      throw new ConfigurationException("key '%s': %s".formatted(key.path(), e.report()));
    }
  }

  private static void requireSame(
      JsonCursor<ConfigurationException> key, Object configured, Object planned)
      throws ConfigurationException {
    if (!configured.equals(planned)) {
      throw key.invalid(
          "found '%s', but the floor plan is of %s '%s'; make them the same"
              .formatted(configured, key.path(), planned));
    }
  }

  /// @param mayBeEmpty whether sensors can be bound while the gateway runs
  private static List<Machine> machines(
      JsonCursor<ConfigurationException> root, FloorPlan plan, boolean mayBeEmpty)
      throws ConfigurationException {
    List<Machine> chosen =
        root.optional("machines", keys -> keys.list(it -> machine(it, plan)))
            .orElse(plan.machines());
    List<Machine> sensed = chosen.stream().filter(it -> !it.sensors().isEmpty()).toList();
    if (sensed.isEmpty() && !mayBeEmpty) {
      throw root.field("floorPlan")
          .invalid(
              "no machine of this gateway has a sensor; add sensors to the floor plan, or give"
                  + " 'screen' to bind them");
    }
    return sensed;
  }

  private static Machine machine(JsonCursor<ConfigurationException> key, FloorPlan plan)
      throws ConfigurationException {
    MachineId id = parsed(key, "the id of a machine", MachineId::new);
    Optional<Machine> machine = plan.machine(id);
    if (machine.isEmpty()) {
      throw refused(key, "the floor plan has no such machine; add it there or remove it here");
    }
    return machine.get();
  }

  private static Optional<LanBrokerConfig> lan(
      JsonCursor<ConfigurationException> key, List<Machine> machines, Path folder)
      throws ConfigurationException {
    boolean needed =
        machines.stream()
            .flatMap(it -> it.sensors().stream())
            .anyMatch(it -> it.source() instanceof SourceConfig.Mqtt);
    if (key.isPresent()) {
      return Optional.of(LanBrokerReader.read(key, folder));
    }
    if (needed) {
      throw key.missing(
          "the floor plan has MQTT sensors: give {\"host\": .., \"port\": ..} of their broker");
    }
    return Optional.empty();
  }

  private static Timing timing(JsonCursor<ConfigurationException> root)
      throws ConfigurationException {
    return new Timing(
        seconds(root.field("heartbeatSeconds"), 60, 1, 3_600),
        seconds(root.field("retrySeconds"), 30, 1, 3_600),
        seconds(root.field("stuckAfterSeconds"), SIX_HOURS, 120, WEEK),
        root.optional("clock", it -> it.named(ClockTrust::ofWireName, "kernel, trusted"))
            .orElse(ClockTrust.KERNEL));
  }
}
