package io.gympulse.bench.backlog;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.bench.latency.LanSensor;
import io.gympulse.bench.latency.Samples;
import io.gympulse.bench.wire.GymStream;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.sim.lan.LanAddress;
import io.gympulse.sim.lan.LanBroker;
import io.gympulse.system.environment.EnvironmentConfig;
import io.gympulse.system.environment.GymProcesses;
import io.gympulse.system.environment.StreamClient;
import io.gympulse.system.environment.TestEnvironment;
import io.gympulse.system.link.NetworkLink;
import io.gympulse.system.process.Launcher;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// One outage that ends: a gym's processes, its outbox filled while the gateway is off, a link that
/// comes up.
final class Drain {
  private static final int BYTES_PER_SECOND = 524_288;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration AT_LEAST = Duration.ofSeconds(10);
  private static final Duration AT_MOST = Duration.ofMinutes(10);

  private final Path folder;
  private final GymStream gym;
  private final BlockingQueue<Long> frames = new LinkedBlockingQueue<>();
  private volatile String awaited = "";

  /// @param seconds from the link's coming up to an empty outbox
  /// @param live from a sensor's message to a member's screen
  record Drained(double seconds, Samples live) {}

  private record Seen(
      Drained drained, long messages, HeapWatch.Heap heap, OutboxId outbox, long recorded) {}

  /// @param messages taken by the cloud's broker meanwhile
  /// @param whole whether the store holds every number once the outbox is empty
  record Outcome(Drained drained, long messages, HeapWatch.Heap heap, boolean whole) {
    double seconds() {
      return drained.seconds();
    }

    Samples live() {
      return drained.live();
    }
  }

  Drain(Path folder, GymStream gym) {
    this.folder = folder;
    this.gym = gym;
  }

  Outcome run(int waiting, Consumer<String> progress)
      throws IOException, InterruptedException, FloorPlanException {
    Seen seen;
    Path database;
    try (LanBroker broker = LanBroker.start(new LanAddress("127.0.0.1", 0));
        TestEnvironment environment =
            TestEnvironment.start(plan(broker.address().port()), progress);
        StreamClient member = new StreamClient(environment.apiUri(), this::seen)) {
      // Long before the first change, lest it is missed.
      member.ensureConnected();
      environment.closeOnShutdown();
      database = environment.database();
      seen = watched(waiting, environment, broker.address().port(), progress);
    }
    try (SqliteCloudStore store = SqliteCloudStore.open(database)) {
      List<SeqRange> stored = store.events().stored(seen.outbox());
      boolean whole = stored.size() == 1 && stored.getFirst().size() >= seen.recorded();
      return new Outcome(seen.drained(), seen.messages(), seen.heap(), whole);
    }
  }

  private Seen watched(
      int waiting, TestEnvironment environment, int lanPort, Consumer<String> progress)
      throws IOException, InterruptedException {
    GymProcesses processes = environment.gyms().getFirst();
    processes.gateway().close();
    progress.accept("filling the outbox through its port");
    Path data = folder.resolve(processes.gymId()).resolve("data");
    OutboxId outbox = WaitingEvents.append(data, gym, 1, waiting, InstantSource.system());
    processes.setLink(NetworkLink.State.BLACK_HOLE);
    processes.startGateway();
    until(() -> processes.counters().waiting() >= waiting);
    try (LanSensor sensor = LanSensor.connect(lanPort)) {
      HeapWatch heap = HeapWatch.of(processes.gateway().pid(), folder.resolve("gc.log"));
      progress.accept("link up");
      long before = received(environment);
      Drained drained = drained(processes, sensor);
      return new Seen(
          drained,
          received(environment) - before,
          heap.heap(),
          outbox,
          processes.counters().recorded());
    }
  }

  /// Goes on with live changes until nothing waits, and for a while if nothing did.
  private Drained drained(GymProcesses processes, LanSensor sensor) throws InterruptedException {
    long start = System.nanoTime();
    processes.setLink(new NetworkLink.State.Slow(Duration.ZERO, BYTES_PER_SECOND));
    Samples live = new Samples();
    Random random = new Random(1);
    double seconds = 0;
    while (seconds == 0 || System.nanoTime() - start < AT_LEAST.toNanos()) {
      awaited = BenchGym.live(live.size());
      frames.clear();
      long published = System.nanoTime();
      sensor.publish(BenchGym.topic(awaited), BenchGym.active(live.size()));
      Long frame = frames.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (frame == null) {
        throw new IllegalStateException("a live change did not arrive within " + PATIENCE);
      }
      live.add(frame - published);
      long left = TimeUnit.MILLISECONDS.toNanos(100 + random.nextInt(200));
      for (long end = System.nanoTime() + left; System.nanoTime() < end; ) {
        TimeUnit.MILLISECONDS.sleep(5);
        if (seconds == 0 && processes.counters().waiting() == 0) {
          seconds = (System.nanoTime() - start) / 1e9;
        }
      }
      if (System.nanoTime() - start > AT_MOST.toNanos()) {
        throw new IllegalStateException("%s still wait".formatted(processes.counters()));
      }
    }
    return new Drained(seconds, live);
  }

  private void seen(String update) {
    if (update.contains("\"" + awaited + "\"")) {
      frames.add(System.nanoTime());
    }
  }

  private static long received(TestEnvironment environment) throws IOException {
    try (InputStream health = environment.cloudUri().resolve("/health").toURL().openStream()) {
      return new ObjectMapper().readTree(health).path("messages").path("received").asLong();
    }
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the gateway does not report what waits");
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private EnvironmentConfig plan(int lanPort) throws IOException {
    Path floorPlan =
        Files.writeString(
            folder.resolve("riverside.json"), FloorPlanFile.write(BenchGym.plan(gym)));
    return new EnvironmentConfig(
        Launcher.current(),
        folder,
        List.of(floorPlan),
        0,
        Optional.empty(),
        // Else the outbox is never empty while live changes go on.
        EnvironmentConfig.Timing.PRODUCTION.withImmediateAcks(),
        new EnvironmentConfig.SensorInput.External(lanPort),
        false,
        Optional.empty());
  }
}
