package io.gympulse.edge.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real gateway processes, started as a nucleus starts a component.
class OrphanedGatewayTest {
  private static final String SNAPSHOT = "org/g/gateways/g-gw/snapshot";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void end() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void after_a_kill_of_the_nucleus_the_orphan_gives_way_to_the_new_copy() throws Exception {
    configure();
    FakeIotCore cloud = new FakeIotCore(0);
    try (FakeNucleus nucleus = new FakeNucleus(folder.resolve("ipc.socket"), cloud)) {
      nucleus.start("token-1");
      Process orphan = gateway(nucleus, "first.log");
      await().atMost(PATIENCE).until(() -> snapshots(cloud) > 0);
      nucleus.stop();
      int before = snapshots(cloud);
      nucleus.start("token-2");
      Process copy = gateway(nucleus, "second.log");
      assertThat(orphan.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(orphan.exitValue()).isEqualTo(4);
      assertThat(log("first.log")).contains("the gateway must be restarted");
      await().atMost(PATIENCE).until(() -> snapshots(cloud) > before);
      assertThat(copy.isAlive()).isTrue();
    }
  }

  @Test
  void the_check_of_an_installation_ends_by_itself() throws Exception {
    configure();
    try (FakeNucleus nucleus = new FakeNucleus(folder.resolve("ipc.socket"), new FakeIotCore(0))) {
      nucleus.start("token-1");
      Process check = gateway(nucleus, "check.log", "--check");
      assertThat(check.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(log("check.log")).contains("checked: the gateway can start");
      assertThat(check.exitValue()).isZero();
      assertThat(nucleus.connects()).isZero();
    }
  }

  private static int snapshots(FakeIotCore cloud) {
    return (int) cloud.received().stream().filter(it -> it.topic().equals(SNAPSHOT)).count();
  }

  private String log(String name) throws IOException {
    return Files.readString(folder.resolve(name), UTF_8);
  }

  /// With a sensor on a broker that is not there: it is not needed for a snapshot.
  private void configure() throws IOException {
    Files.writeString(
        folder.resolve("plan.json"),
        """
        {"gym":{"id":"g","name":"Gym","latitude":47.4,"longitude":8.5,"zone":"Europe/Zurich"},
         "gateway":"g-gw",
         "machines":[{"id":"m-1","category":"bike","name":"Bike","x":1,"y":2.5,"sensors":[
           {"id":"s-1","behaviour":"level","source":{"type":"mqtt","preset":"json",
            "topic":"z/m-1","pointer":"/active"}}]}]}""");
    Files.writeString(
        folder.resolve("gateway.json"),
        """
        {"gym":"g", "gateway":"g-gw", "floorPlan":"plan.json", "dataDir":"data",
         "lan":{"host":"127.0.0.1","port":1}, "clock":"trusted"}""");
  }

  private Process gateway(FakeNucleus nucleus, String log, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "io.gympulse.edge.Gateway",
                "--config",
                folder.resolve("gateway.json").toString()));
    command.addAll(List.of(more));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(log).toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_GG_NUCLEUS_DOMAIN_SOCKET_FILEPATH_FOR_COMPONENT",
                nucleus.asSeenByComponent().socket().toString(),
                "SVCUID",
                nucleus.asSeenByComponent().token()));
    Process process = builder.start();
    processes.add(process);
    return process;
  }
}
