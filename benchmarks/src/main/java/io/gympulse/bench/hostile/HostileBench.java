package io.gympulse.bench.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.bench.latency.FrameLatencies;
import io.gympulse.bench.latency.LanSensor;
import io.gympulse.bench.latency.LevelSensorGym;
import io.gympulse.bench.latency.Samples;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.sim.lan.EmbeddedBroker;
import io.gympulse.sim.lan.LanAddress;
import io.gympulse.system.environment.EnvironmentConfig;
import io.gympulse.system.environment.GymProcesses;
import io.gympulse.system.environment.OutboxCounters;
import io.gympulse.system.environment.StreamClient;
import io.gympulse.system.environment.TestEnvironment;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// An honest gym beside all hostile clients at once: five stolen certificates that flood broker
/// and ingest, unfinished HTTP bodies, alerts of invented users, malformed WebSockets. The honest
/// gym's changes are awaited at a WebSocket, and its gateway's outbox must be empty at the end.
/// Each attack must be effective at least once. All processes and attackers run on this machine.
@Command(
    name = "hostile",
    mixinStandardHelpOptions = true,
    description = "an honest gym's live latency while hostile clients attack the cloud")
public final class HostileBench implements Callable<Integer> {
  private static final double P99_LIMIT_MILLIS = 1_000;
  private static final int STOLEN_CERTIFICATES = 5;
  private static final long PAUSE_MILLIS = 500;
  private static final Duration TIMEOUT = Duration.ofSeconds(90);
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(
      names = "--minutes",
      defaultValue = "5",
      description = "how long the attack lasts (default: 5)")
  private int minutes;

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws IOException, InterruptedException, FloorPlanException {
    Path folder = Files.createTempDirectory("gympulse-hostile");
    FrameLatencies frames = new FrameLatencies();
    try (EmbeddedBroker broker = EmbeddedBroker.start(new LanAddress("127.0.0.1", 0));
        TestEnvironment environment =
            TestEnvironment.start(
                config(folder, broker.address().port()), it -> out.println("  " + it));
        StreamClient _ =
            StreamClient.connect(
                environment.apiUri(), it -> frames.arrived(it, System.nanoTime()));
        LanSensor sensor = LanSensor.connect(broker.address().port())) {
      environment.closeOnShutdown();
      for (GymProcesses stolen : environment.gyms().subList(1, environment.gyms().size())) {
        stolen.gateway().kill();
      }
      List<Attack> attacks = attacks(environment);
      List<Thread> attackers =
          attacks.stream().map(it -> Thread.ofVirtual().start(it::run)).toList();
      int changes = publishChanges(sensor, frames);
      attackers.forEach(Thread::interrupt);
      OutboxCounters honest = awaitDrained(environment, frames);
      attacks.forEach(it -> out.println("  " + it.summary()));
      return report(environment, frames, honest, changes, attacks);
    }
  }

  private int report(
      TestEnvironment environment,
      FrameLatencies frames,
      OutboxCounters honest,
      int changes,
      List<Attack> attacks) {
    List<String> ineffective =
        attacks.stream().filter(it -> !it.wasEffective()).map(Attack::name).toList();
    ineffective.forEach(it -> out.printf("  %s: had no effect, so nothing was measured%n", it));
    boolean alive = environment.cloud().process().alive();
    Samples latencies = frames.latencies();
    double p50 = latencies.size() == 0 ? Double.MAX_VALUE : latencies.percentile(0.5);
    double p99 = latencies.size() == 0 ? Double.MAX_VALUE : latencies.percentile(0.99);
    long lost = honest.waiting() + honest.quarantined() + frames.missing();
    out.printf(
        "  %d changes, %d frames missing; recorded %d, acknowledged %d, waiting %d, quarantined"
            + " %d%n",
        changes,
        frames.missing(),
        honest.recorded(),
        honest.acknowledged(),
        honest.waiting(),
        honest.quarantined());
    out.printf(
        "bench hostile: minutes=%d p50_ms=%.1f p99_ms=%.1f lost=%d alive=%d attacks=%d"
            + " never_through=%d%n",
        minutes, p50, p99, lost, alive ? 1 : 0, attacks.size(), ineffective.size());
    return alive && lost == 0 && p99 <= P99_LIMIT_MILLIS && ineffective.isEmpty() ? 0 : 1;
  }

  /// Publishes two changes a second, independent of arriving frames.
  private int publishChanges(LanSensor sensor, FrameLatencies frames) throws InterruptedException {
    // Sets all machines free once, so that each counted message is a change.
    for (int i = 0; i < LevelSensorGym.MACHINES; i++) {
      sensor.publish(LevelSensorGym.topic(i), false);
      TimeUnit.MILLISECONDS.sleep(50);
    }
    TimeUnit.SECONDS.sleep(5);
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
    int changes = 0;
    while (System.nanoTime() < end) {
      int machine = LevelSensorGym.machineOf(changes);
      boolean active = LevelSensorGym.active(changes);
      frames.published(LevelSensorGym.id(machine), active ? "occupied" : "free", System.nanoTime());
      sensor.publish(LevelSensorGym.topic(machine), active);
      changes++;
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    return changes;
  }

  /// The honest gateway's counters when nothing waits any more, or after the timeout.
  private static OutboxCounters awaitDrained(TestEnvironment environment, FrameLatencies frames)
      throws InterruptedException {
    GymProcesses honest = environment.gyms().getFirst();
    long end = System.nanoTime() + TIMEOUT.toNanos();
    while ((honest.counters().waiting() > 0 || frames.missing() > 0) && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
    return honest.counters();
  }

  private static List<Attack> attacks(TestEnvironment environment) throws IOException {
    List<StolenCertificate> stolen = new ArrayList<>();
    for (GymProcesses gym : environment.gyms().subList(1, environment.gyms().size())) {
      stolen.add(certificate(gym));
    }
    List<Attack> attacks = new ArrayList<>();
    attacks.addAll(MqttAttacks.by(stolen.get(0)));
    attacks.addAll(MqttAttacks.floodingBy(stolen.get(1)));
    attacks.add(messages(stolen, 2).denseBatches());
    attacks.add(messages(stolen, 3).inventedOutboxes());
    attacks.add(messages(stolen, 4).ancientEvents());
    attacks.addAll(
        new HttpAttacks(environment.cloudUri(), environment.apiUri(), LevelSensorGym.id(0)).all());
    return attacks;
  }

  /// Each attack has its own certificate, as the broker allows one connection per client id.
  private static MessageAttacks messages(List<StolenCertificate> stolen, int number) {
    return new MessageAttacks(stolen.get(number), machine(number), InstantSource.system());
  }

  private static StolenCertificate certificate(GymProcesses gym) throws IOException {
    Path folder = gym.recordFile().resolveSibling("");
    JsonNode configuration = JSON.readTree(folder.resolve("gateway.json").toFile());
    return new StolenCertificate(
        folder, gym.floorPlan().address(), configuration.path("uplink").path("port").asInt());
  }

  private static EnvironmentConfig config(Path folder, int lanPort) throws IOException {
    EnvironmentConfig honest =
        LevelSensorGym.config(folder, lanPort, EnvironmentConfig.Timing.PRODUCTION);
    List<Path> floorPlans = new ArrayList<>(honest.floorPlans());
    for (int i = 0; i < STOLEN_CERTIFICATES; i++) {
      Path file = folder.resolve("stolen-%d.json".formatted(i));
      floorPlans.add(Files.writeString(file, FloorPlanFile.write(gym(i))));
    }
    return new EnvironmentConfig(
        honest.launcher(),
        honest.data(),
        floorPlans,
        honest.apiPort(),
        honest.clock(),
        honest.timing(),
        honest.sensors(),
        honest.allowFaults(),
        honest.demoControl());
  }

  private static FloorPlan gym(int number) {
    return new FloorPlan(
        new Gym(new GymId("stolen-" + number), "Stolen " + number, 0, 0, ZoneId.of("UTC")),
        new GatewayId("stolen-gw-" + number),
        List.of(
            LevelSensorGym.machine(machine(number), "Stolen machine", "bench/" + machine(number))));
  }

  private static MachineId machine(int number) {
    return new MachineId("stolen-machine-" + number);
  }
}
