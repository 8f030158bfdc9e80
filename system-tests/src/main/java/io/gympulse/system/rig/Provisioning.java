package io.gympulse.system.rig;

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

/// Gives a gateway its certificate and configuration, as an installer does, and sets its timing.
final class Provisioning {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();

  private Provisioning() {}

  /// Replaces what an earlier run left in the gateway's folder.
  ///
  /// @param basicIngest whether it publishes to its topic rules past the broker
  /// @throws ProcessFailedException with what it printed if it fails
  static void provision(RigPlan plan, Branch branch, boolean basicIngest)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(arguments(plan, branch));
    if (basicIngest) {
      arguments.add("--basic-ingest");
    }
    try (ManagedProcess process =
        ManagedProcess.start(
            "provision",
            plan.launcher().process("provision", arguments),
            branch.folder().resolve("provision.log"),
            _ -> {})) {
      int exit = process.awaitExit(LIMIT);
      if (exit != 0) {
        throw new ProcessFailedException(
            "provisioning ended with %d:%n%s"
                .formatted(exit, Files.readString(branch.folder().resolve("provision.log"))));
      }
    }
    tune(plan.timing(), branch.folder().resolve("gateway.json"));
  }

  private static List<String> arguments(RigPlan plan, Branch branch) {
    return List.of(
        "--data",
        plan.cloudFolder().toString(),
        "--gym",
        branch.plan().gym().id().value(),
        "--gateway",
        branch.plan().gateway().value(),
        "--out",
        branch.folder().toString(),
        "--host",
        "127.0.0.1",
        "--mqtt-port",
        Integer.toString(branch.cloudPort()),
        "--floor-plan",
        branch.floorPlan().toString(),
        "--lan",
        "127.0.0.1:" + branch.lanPort(),
        "--replace");
  }

  private static void tune(RigPlan.Timing timing, Path configuration) throws IOException {
    ObjectNode tuned = (ObjectNode) JSON.readTree(configuration.toFile());
    tuned.put("heartbeatSeconds", timing.heartbeat().toSeconds());
    tuned.put("retrySeconds", timing.retry().toSeconds());
    Files.writeString(configuration, tuned.toPrettyString());
  }
}
