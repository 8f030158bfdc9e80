package io.gympulse.bench.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.bench.latency.AwaitedFrames;
import io.gympulse.bench.latency.LanSensor;
import io.gympulse.bench.latency.LevelGym;
import io.gympulse.bench.latency.Samples;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.sim.lan.LanAddress;
import io.gympulse.sim.lan.LanBroker;
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

/// All hostile clients at once beside an honest gym: five stolen certificates that flood the
/// broker and ingest, unfinished HTTP bodies, alerts of invented users, malformed WebSockets. The
/// honest gym's changes are awaited at a member's WebSocket, and its gateway's outbox has to be
/// empty in the end. Each attack has to get through to what it attacks at least once. All processes
/// are real and run on this machine, the attackers included.
@Command(
    name = "hostile",
    mixinStandardHelpOptions = true,
    description = "an honest gym's live latency while hostile clients attack the cloud")
public final class HostileBench implements Callable<Integer> {
  private static final double MOST_P99_MILLIS = 1_000;
  private static final int STOLEN = 5;
  private static final long PAUSE_MILLIS = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
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
    AwaitedFrames frames = new AwaitedFrames();
    try (LanBroker broker = LanBroker.start(new LanAddress("127.0.0.1", 0));
        TestEnvironment environment =
            TestEnvironment.start(
                plan(folder, broker.address().port()), it -> out.println("  " + it));
        StreamClient member =
            new StreamClient(environment.apiUri(), it -> frames.frame(it, System.nanoTime()));
        LanSensor sensor = LanSensor.connect(broker.address().port())) {
      environment.closeOnShutdown();
      member.ensureConnected();
      for (GymProcesses stolen : environment.gyms().subList(1, environment.gyms().size())) {
        stolen.gateway().kill();
      }
      List<Attack> attacks = attacks(environment);
      List<Thread> attackers =
          attacks.stream().map(it -> Thread.ofVirtual().start(it::run)).toList();
      int changes = honestly(sensor, frames, member);
      attackers.forEach(Thread::interrupt);
      OutboxCounters honest = settled(environment, frames);
      attacks.forEach(it -> out.println("  " + it.summary()));
      return judged(environment, frames, honest, changes, attacks);
    }
  }

  private int judged(
      TestEnvironment environment,
      AwaitedFrames frames,
      OutboxCounters honest,
      int changes,
      List<Attack> attacks) {
    List<String> harmless =
        attacks.stream().filter(it -> !it.gotThrough()).map(Attack::name).toList();
    harmless.forEach(
        it -> out.printf("  %s: never got through, so nothing was measured against it%n", it));
    boolean alive =
        environment.cloudProcesses().cloud().alive() && environment.cloudProcesses().api().alive();
    Samples arrived = frames.arrived();
    double p50 = arrived.size() == 0 ? Double.MAX_VALUE : arrived.percentile(0.5);
    double p99 = arrived.size() == 0 ? Double.MAX_VALUE : arrived.percentile(0.99);
    long lost = honest.waiting() + honest.quarantined() + frames.awaited();
    out.printf(
        "  %d changes, %d frames missing; recorded %d, acknowledged %d, waiting %d, quarantined"
            + " %d%n",
        changes,
        frames.awaited(),
        honest.recorded(),
        honest.acknowledged(),
        honest.waiting(),
        honest.quarantined());
    out.printf(
        "bench hostile: minutes=%d p50_ms=%.1f p99_ms=%.1f lost=%d alive=%d attacks=%d"
            + " never_through=%d%n",
        minutes, p50, p99, lost, alive ? 1 : 0, attacks.size(), harmless.size());
    return alive && lost == 0 && p99 <= MOST_P99_MILLIS && harmless.isEmpty() ? 0 : 1;
  }

  /// Two changes a second, whatever arrives.
  private int honestly(LanSensor sensor, AwaitedFrames frames, StreamClient member)
      throws InterruptedException {
    // All machines are left once, so that what is counted changes something.
    for (int i = 0; i < LevelGym.MACHINES; i++) {
      sensor.publish(LevelGym.topic(i), false);
      TimeUnit.MILLISECONDS.sleep(50);
    }
    TimeUnit.SECONDS.sleep(5);
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
    int changes = 0;
    while (System.nanoTime() < end) {
      member.ensureConnected();
      int machine = LevelGym.machineOf(changes);
      boolean active = LevelGym.active(changes);
      frames.publish(LevelGym.id(machine), active ? "occupied" : "free", System.nanoTime());
      sensor.publish(LevelGym.topic(machine), active);
      changes++;
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    return changes;
  }

  /// The honest gateway's counters once nothing waits any more, or when patience ends.
  private static OutboxCounters settled(TestEnvironment environment, AwaitedFrames frames)
      throws InterruptedException {
    GymProcesses honest = environment.gyms().getFirst();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while ((honest.counters().waiting() > 0 || frames.awaited() > 0) && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
    return honest.counters();
  }

  private static List<Attack> attacks(TestEnvironment environment) throws IOException {
    List<StolenIdentity> stolen = new ArrayList<>();
    for (GymProcesses gym : environment.gyms().subList(1, environment.gyms().size())) {
      stolen.add(identity(gym));
    }
    List<Attack> attacks = new ArrayList<>();
    attacks.addAll(MqttAttacks.by(stolen.get(0)));
    attacks.addAll(MqttAttacks.floodingBy(stolen.get(1)));
    attacks.add(messages(stolen, 2).denseBatches());
    attacks.add(messages(stolen, 3).inventedOutboxes());
    attacks.add(messages(stolen, 4).eventsOfLongAgo());
    attacks.addAll(
        new HttpAttacks(environment.cloudUri(), environment.apiUri(), LevelGym.id(0)).all());
    return attacks;
  }

  /// Each attack has a certificate of its own: the broker lets one connection of a client id be.
  private static MessageAttacks messages(List<StolenIdentity> stolen, int number) {
    return new MessageAttacks(stolen.get(number), machine(number), InstantSource.system());
  }

  private static StolenIdentity identity(GymProcesses gym) throws IOException {
    Path folder = gym.recordFile().resolveSibling("");
    JsonNode configuration = JSON.readTree(folder.resolve("gateway.json").toFile());
    return new StolenIdentity(
        folder, gym.floorPlan().address(), configuration.path("uplink").path("port").asInt());
  }

  private static EnvironmentConfig plan(Path folder, int lanPort) throws IOException {
    EnvironmentConfig honest =
        LevelGym.environment(folder, lanPort, EnvironmentConfig.Timing.PRODUCTION);
    List<Path> floorPlans = new ArrayList<>(honest.floorPlans());
    for (int i = 0; i < STOLEN; i++) {
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
        List.of(LevelGym.machine(machine(number), "Stolen machine", "bench/" + machine(number))));
  }

  private static MachineId machine(int number) {
    return new MachineId("stolen-machine-" + number);
  }
}
