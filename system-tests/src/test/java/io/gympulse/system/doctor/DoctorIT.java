package io.gympulse.system.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.system.environment.Ports;
import io.gympulse.system.process.CommandResult;
import io.gympulse.system.process.Launcher;
import io.gympulse.system.process.ManagedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The doctor beside a cloud, a gym's broker and a gateway, as processes.
class DoctorIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void a_sound_gateway_passes_and_each_fault_is_found_by_its_check() throws Exception {
    Path plan = Launcher.current().home().resolve("floor-plans/downtown.json");
    int cloudPort = Ports.free();
    int lanPort = Ports.free();
    Path gateway = folder.resolve("gateway");
    try (ManagedProcess _ = cloud(cloudPort);
        ManagedProcess _ = sensors(plan, lanPort)) {
      provision(plan, gateway, cloudPort, lanPort);

      CommandResult sound = doctor(gateway);
      assertThat(sound.exitCode()).as(sound.lines().toString()).isZero();
      for (String check : List.of("java", "configuration", "outbox", "broker", "uplink")) {
        assertThat(status(sound, check)).as(check).isEqualTo("ok");
      }
      for (String check : List.of("endpoint", "certificate", "policy")) {
        assertThat(status(sound, check)).as(check).isEqualTo("ok");
      }
      assertThat(status(sound, "gpio")).isEqualTo("skipped");

      try (ManagedProcess running = gateway(gateway)) {
        CommandResult beside = doctor(gateway);
        assertThat(beside.exitCode()).as(beside.lines().toString()).isZero();
        assertThat(status(beside, "status")).isEqualTo("ok");
        assertThat(status(beside, "policy")).isEqualTo("skipped");
        assertThat(running.alive()).isTrue();
        assertThat(Files.readString(folder.resolve("gateway.log")))
            .contains("uplink: connected")
            .doesNotContain("connection lost");
      }

      Files.copy(
          folder.resolve("other/private.key"),
          gateway.resolve("private.key"),
          StandardCopyOption.REPLACE_EXISTING);
      CommandResult wrongKey = doctor(gateway);
      assertThat(wrongKey.exitCode()).isOne();
      assertThat(status(wrongKey, "certificate")).isEqualTo("failed");
      assertThat(status(wrongKey, "broker")).isEqualTo("ok");
    }
    CommandResult alone = doctor(gateway);
    assertThat(alone.exitCode()).isOne();
    assertThat(status(alone, "broker")).isEqualTo("failed");
  }

  private ManagedProcess cloud(int port) throws IOException, InterruptedException {
    return ready(
        "cloud",
        "cloud",
        "--data=" + folder.resolve("cloud"),
        "--mqtt-port=" + port,
        "--api-port=0",
        "--http-port=0");
  }

  private ManagedProcess sensors(Path plan, int port) throws IOException, InterruptedException {
    return ready("sim", "sim", "--floor-plan=" + plan, "--listen=127.0.0.1:" + port);
  }

  private ManagedProcess gateway(Path gateway) throws IOException, InterruptedException {
    ManagedProcess running =
        ready("gateway", "gateway", "--config=" + gateway.resolve("gateway.json"));
    await()
        .atMost(LIMIT)
        .until(() -> Files.readString(folder.resolve("gateway.log")).contains("uplink: connected"));
    return running;
  }

  private ManagedProcess ready(String name, String component, String... arguments)
      throws IOException, InterruptedException {
    ManagedProcess process =
        ManagedProcess.start(
            name,
            Launcher.current().process(component, List.of(arguments)),
            folder.resolve(name + ".log"),
            _ -> {});
    process.awaitReady(LIMIT);
    return process;
  }

  /// The gateway, and another one's key.
  private void provision(Path plan, Path gateway, int cloudPort, int lanPort) throws Exception {
    provision(
        "--gateway=downtown-gw",
        "--out=" + gateway,
        "--host=127.0.0.1",
        "--mqtt-port=" + cloudPort,
        "--floor-plan=" + plan,
        "--lan=127.0.0.1:" + lanPort);
    provision("--machine=downtown-bike-1", "--out=" + folder.resolve("other"));
  }

  private void provision(String... arguments) throws Exception {
    List<String> all =
        new ArrayList<>(List.of("--data=" + folder.resolve("cloud"), "--gym=downtown"));
    all.addAll(List.of(arguments));
    CommandResult result =
        CommandResult.run(folder, LIMIT, "provision", all.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.errors()).isZero();
  }

  private CommandResult doctor(Path gateway) throws Exception {
    return CommandResult.run(
        folder, LIMIT, "doctor", "--json", "--config=" + gateway.resolve("gateway.json"));
  }

  private static String status(CommandResult result, String check) throws IOException {
    for (JsonNode it : JSON.readTree(String.join("\n", result.lines())).get("checks")) {
      if (it.get("name").asText().equals(check)) {
        return it.get("status").asText();
      }
    }
    throw new AssertionError("no check " + check + " in " + result.lines());
  }
}
