package io.gympulse.edge.configuration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.floorplan.SourceConfig;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.edge.configuration.GatewayConfiguration.ClockTrust;
import io.gympulse.edge.configuration.GatewayConfiguration.Timing;
import io.gympulse.edge.sensing.mqtt.LanBrokerConfig;
import io.gympulse.edge.uplink.UplinkSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads a gateway's configuration. Relative paths are relative to the file's folder.
///
/// ```json {"gym": "downtown", "gateway": "downtown-gw", "floorPlan": "floor-plan.json", "dataDir":
/// "data", "lan": {"host": "127.0.0.1", "port": 1883}, "uplink": {"host": "127.0.0.1", "port":
/// 8883, "certificate": "certificate.pem", "privateKey": "private.key", "rootCa": "root-ca.pem",
/// "topics": "plain"}, "machines": ["downtown-bike-1"], "heartbeatSeconds": 60, "retrySeconds": 30,
/// "stuckAfterSeconds": 21600, "clock": "kernel"} ```
///
/// `uplink.topics` is optional, `plain` or `basic-ingest`. `lan` is required if the floor plan has
/// MQTT sensors; it may also have `username` and `passwordFile`, and `caFile` for TLS. `machines`
/// limits this gateway to some machines. The last four keys are optional.
public final class GatewayConfigurationFile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double SIX_HOURS = 21_600;
  private static final double WEEK = 604_800;

  private GatewayConfigurationFile() {}

  public static GatewayConfiguration read(Path file) throws ConfigurationException {
    try {
      Path folder = file.toAbsolutePath().normalize().getParent();
      Setting root = Setting.root(JSON.readTree(Files.readString(file)));
      return configuration(root, folder == null ? Path.of("/") : folder);
    } catch (ConfigurationException e) {
      throw new ConfigurationException("configuration %s: %s".formatted(file, e.getMessage()));
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

  private static GatewayConfiguration configuration(Setting root, Path folder)
      throws ConfigurationException {
    root.allow(
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
        "clock");
    FloorPlan plan = floorPlan(root.child("floorPlan"), folder);
    requireSame(root.child("gym").parsed("the gym's id", GymId::new), plan.gym().id(), "gym");
    requireSame(
        root.child("gateway").parsed("this gateway's id", GatewayId::new),
        plan.gateway(),
        "gateway");
    List<Machine> machines = machines(root.child("machines"), plan);
    return new GatewayConfiguration(
        plan.address(),
        machines,
        root.child("dataDir").path(folder, "the folder for the outbox"),
        lan(root.child("lan"), machines, folder),
        uplink(root.child("uplink"), folder),
        timing(root));
  }

  private static FloorPlan floorPlan(Setting setting, Path folder) throws ConfigurationException {
    Path file = setting.readableFile(folder, "the path of the floor plan");
    try {
      return FloorPlanFile.read(file);
    } catch (FloorPlanException e) {
      throw new ConfigurationException("key 'floorPlan': " + e.getMessage());
    }
  }

  private static void requireSame(Object configured, Object planned, String key)
      throws ConfigurationException {
    if (!configured.equals(planned)) {
      throw new ConfigurationException(
          "key '%s': found '%s', but the floor plan is of %s '%s'; make them the same"
              .formatted(key, configured, key, planned));
    }
  }

  private static List<Machine> machines(Setting setting, FloorPlan plan)
      throws ConfigurationException {
    List<Machine> chosen = new ArrayList<>();
    if (setting.isPresent()) {
      for (Setting element : setting.elements()) {
        MachineId id = element.parsed("the ids of machines", MachineId::new);
        chosen.add(
            plan.machine(id)
                .orElseThrow(
                    () ->
                        element.refused(
                            "the floor plan has no such machine; add it there or remove it here")));
      }
    } else {
      chosen.addAll(plan.machines());
    }
    chosen.removeIf(it -> it.sensors().isEmpty());
    if (chosen.isEmpty()) {
      throw new ConfigurationException(
          "key 'floorPlan': no machine of this gateway has a sensor; add sensors to the floor plan");
    }
    return chosen;
  }

  private static Optional<LanBrokerConfig> lan(Setting setting, List<Machine> machines, Path folder)
      throws ConfigurationException {
    boolean needed =
        machines.stream()
            .flatMap(it -> it.sensors().stream())
            .anyMatch(it -> it.source() instanceof SourceConfig.Mqtt);
    if (!setting.isPresent()) {
      if (needed) {
        throw setting.refused(
            "the floor plan has MQTT sensors: give {\"host\": .., \"port\": ..} of their broker");
      }
      return Optional.empty();
    }
    return Optional.of(LanBrokerReader.read(setting, folder));
  }

  private static UplinkSettings uplink(Setting setting, Path folder) throws ConfigurationException {
    setting.allow("host", "port", "certificate", "privateKey", "rootCa", "topics");
    return new UplinkSettings(
        setting.child("host").text("a host name or address"),
        setting.child("port").port(),
        setting.child("certificate").readableFile(folder, "the gateway's certificate, PEM"),
        setting.child("privateKey").readableFile(folder, "the gateway's private key, PEM"),
        setting.child("rootCa").readableFile(folder, "the root certificate of the cloud, PEM"),
        setting
            .child("topics")
            .named(UplinkSettings.TopicMode::ofWireName, "plain", "basic-ingest"));
  }

  private static Timing timing(Setting root) throws ConfigurationException {
    return new Timing(
        root.child("heartbeatSeconds").seconds(60, 1, 3_600),
        root.child("retrySeconds").seconds(30, 1, 3_600),
        root.child("stuckAfterSeconds").seconds(SIX_HOURS, 120, WEEK),
        root.child("clock").named(ClockTrust::ofWireName, "kernel", "trusted"));
  }
}
