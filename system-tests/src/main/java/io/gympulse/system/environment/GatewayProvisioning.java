package io.gympulse.system.environment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.system.process.ManagedProcess;
import io.gympulse.system.process.ProcessFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Runs `gympulse provision` for a gateway, and sets the timing in its configuration.
final class GatewayProvisioning {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();

  private GatewayProvisioning() {}

  /// Replaces the certificate and configuration of an earlier run.
  ///
  /// @param basicIngest whether the gateway publishes to Basic Ingest topics
  /// @throws ProcessFailedException if it fails; the message holds its log
  static void provision(EnvironmentConfig config, GymProcesses gym, boolean basicIngest)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(arguments(config, gym));
    if (basicIngest) {
      arguments.add("--basic-ingest");
    }
    try (ManagedProcess process =
        ManagedProcess.start(
            "provision",
            config.launcher().process("provision", arguments),
            gym.folder().resolve("provision.log"),
            _ -> {})) {
      int exit = process.awaitExit(LIMIT);
      if (exit != 0) {
        throw new ProcessFailedException(
            "provisioning ended with %d:%n%s"
                .formatted(exit, Files.readString(gym.folder().resolve("provision.log"))));
      }
    }
    setTiming(config.timing(), gym.folder().resolve("gateway.json"));
  }

  private static List<String> arguments(EnvironmentConfig config, GymProcesses gym) {
    return List.of(
        "--data",
        config.cloudFolder().toString(),
        "--gym",
        gym.gymId(),
        "--gateway",
        gym.floorPlan().gateway().value(),
        "--out",
        gym.folder().toString(),
        "--host",
        "127.0.0.1",
        "--mqtt-port",
        Integer.toString(gym.cloudPort()),
        "--floor-plan",
        gym.floorPlanFile().toString(),
        "--lan",
        "127.0.0.1:" + gym.lanPort(),
        "--replace");
  }

  private static void setTiming(EnvironmentConfig.Timing timing, Path configuration)
      throws IOException {
    ObjectNode json = (ObjectNode) JSON.readTree(configuration.toFile());
    json.put("heartbeatSeconds", timing.heartbeat().toSeconds());
    json.put("retrySeconds", timing.retry().toSeconds());
    Files.writeString(configuration, json.toPrettyString());
  }
}
