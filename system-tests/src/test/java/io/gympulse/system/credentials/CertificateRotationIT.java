package io.gympulse.system.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gympulse.cloud.sqlite.SqliteCloudStore;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.topic.Topics;
import io.gympulse.edge.outbox.Occurrence;
import io.gympulse.edge.outbox.SqliteOutbox;
import io.gympulse.edge.sync.SyncLoop;
import io.gympulse.edge.sync.SyncSettings;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import io.gympulse.edge.uplink.MqttUplink;
import io.gympulse.edge.uplink.UplinkSettings;
import io.gympulse.edge.uplink.UplinkSettings.TopicMode;
import io.gympulse.process.ProcessClock;
import io.gympulse.system.environment.Ports;
import io.gympulse.system.process.CommandResult;
import io.gympulse.system.process.Launcher;
import io.gympulse.system.process.ManagedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A gateway's certificate is replaced while it sends: its outbox, sync and uplink in this process,
/// the cloud in another.
class CertificateRotationIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final GatewayAddress ADDRESS =
      new GatewayAddress(new GymId("downtown"), new GatewayId("downtown-gw"));

  @TempDir private Path folder;
  private final ProcessClock clock = ProcessClock.real();
  private final Set<String> recorded = new TreeSet<>();
  private int appended;

  @Test
  void no_event_is_lost_or_doubled_when_certificate_and_key_are_replaced() throws Exception {
    int port = Ports.free();
    try (ManagedProcess _ = cloud(port)) {
      provision(port);
      Path files = folder.resolve("gateway");
      String first = Files.readString(files.resolve("certificate.pem"));
      try (SqliteOutbox outbox = SqliteOutbox.open(folder.resolve("outbox"), clock);
          var uplink =
              MqttUplink.direct(
                  new UplinkSettings.Direct(
                      "127.0.0.1",
                      port,
                      files.resolve("certificate.pem"),
                      files.resolve("private.key"),
                      files.resolve("root-ca.pem"),
                      TopicMode.PLAIN),
                  ADDRESS.gateway().value(),
                  Topics.acks(ADDRESS));
          SyncLoop loop =
              new SyncLoop(
                  new SyncLoop.Sources(ADDRESS, outbox, outbox, List::of, Optional::empty, clock),
                  uplink,
                  new SyncSettings(
                      Duration.ofSeconds(2),
                      Duration.ofSeconds(4),
                      Duration.ofHours(1),
                      100,
                      524_288),
                  clock,
                  RandomGenerator.getDefault())) {
        loop.start();
        append(outbox, loop, 50);
        await().atMost(LIMIT).until(() -> outbox.counts().waiting() == 0);

        // A key that does not match, as while files are being copied, changes nothing.
        Files.writeString(files.resolve("certificate.pem"), "half writ");
        append(outbox, loop, 50);
        await().atMost(LIMIT).until(() -> outbox.counts().waiting() == 0);

        // The cloud ends the old certificate and its connection.
        for (int i = 0; i < 2; i++) {
          append(outbox, loop, 100);
          provision(port, "--replace");
          append(outbox, loop, 100);
        }
        assertThat(Files.readString(files.resolve("certificate.pem"))).isNotEqualTo(first);
        await().atMost(LIMIT).until(() -> outbox.counts().waiting() == 0);
        assertThat(outbox.quarantined()).isEmpty();
      }
    }
    List<String> stored = new ArrayList<>();
    try (SqliteCloudStore store = SqliteCloudStore.open(folder.resolve("cloud/cloud.db"))) {
      store
          .events()
          .forEach(
              it ->
                  stored.add(
                      "%s %s %s"
                          .formatted(it.event().machine(), it.event().at(), it.event().status())));
    }
    assertThat(stored).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(stored)).isEqualTo(recorded);
  }

  private void append(SqliteOutbox outbox, SyncLoop loop, int count) {
    Instant start = Instant.ofEpochMilli(clock.instant().toEpochMilli()).minusSeconds(count);
    for (int i = 0; i < count; i++) {
      Instant at = start.plusSeconds(i).plusMillis(appended);
      MachineStatus status = i % 2 == 0 ? MachineStatus.OCCUPIED : MachineStatus.FREE;
      MachineId machine = new MachineId("downtown-treadmill-" + (1 + appended % 3));
      appended++;
      recorded.add("%s %s %s".formatted(machine, at, status));
      outbox
          .append(
              new Occurrence(
                  machine,
                  status,
                  Optional.empty(),
                  new Stamp(
                      new BootId("boot"),
                      Duration.ofSeconds(appended),
                      Optional.of(new Stamp.Wall(at, TimeQuality.SYNCED)))))
          .join();
      loop.outboxChanged();
    }
  }

  private ManagedProcess cloud(int port) throws IOException, InterruptedException {
    Path plans = Launcher.current().home().resolve("floor-plans");
    ManagedProcess cloud =
        ManagedProcess.start(
            "cloud",
            Launcher.current()
                .process(
                    "cloud",
                    List.of(
                        "--data=" + folder.resolve("cloud"),
                        "--floor-plans=" + plans,
                        "--mqtt-port=" + port,
                        "--api-port=0",
                        "--http-port=0")),
            folder.resolve("cloud.log"),
            _ -> {});
    cloud.awaitReady(LIMIT);
    return cloud;
  }

  private void provision(int port, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--data=" + folder.resolve("cloud"),
                "--gym=downtown",
                "--gateway=downtown-gw",
                "--out=" + folder.resolve("gateway"),
                "--mqtt-port=" + port));
    arguments.addAll(List.of(more));
    CommandResult result =
        CommandResult.run(folder, LIMIT, "provision", arguments.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.errors()).isZero();
  }
}
