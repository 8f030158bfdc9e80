package io.gympulse.bench.backlog;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.bench.latency.LanSensor;
import io.gympulse.bench.latency.LevelSensorGym;
import io.gympulse.bench.latency.Samples;
import io.gympulse.bench.wire.GymEventStream;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.sim.lan.EmbeddedBroker;
import io.gympulse.sim.lan.LanAddress;
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
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// One measurement: starts a gym's processes, fills its outbox while the gateway is stopped, and
/// brings the link up.
final class BacklogDrain {
  private static final int BYTES_PER_SECOND = 524_288;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration MIN_DURATION = Duration.ofSeconds(10);
  private static final Duration MAX_DURATION = Duration.ofMinutes(10);

  private final Path folder;
  private final GymEventStream gym;
  private final BlockingQueue<Long> frames = new LinkedBlockingQueue<>();
  private volatile String awaited = "";

  /// @param seconds from link up to an empty outbox
  /// @param live latencies from a sensor's message to the WebSocket
  record Timing(double seconds, Samples live) {}

  private record Measurement(
      Timing timing, long messages, GcLog.Heap heap, OutboxId outbox, long recorded) {}

  /// @param messages received by the cloud's broker meanwhile
  /// @param isComplete whether the store has every sequence number when the outbox is empty
  record Outcome(Timing timing, long messages, GcLog.Heap heap, boolean isComplete) {
    double seconds() {
      return timing.seconds();
    }

    Samples live() {
      return timing.live();
    }
  }

  BacklogDrain(Path folder, GymEventStream gym) {
    this.folder = folder;
    this.gym = gym;
  }

  Outcome run(int waiting, Consumer<String> progress)
      throws IOException, InterruptedException, FloorPlanException {
    Measurement measurement;
    Path database;
    try (EmbeddedBroker broker = EmbeddedBroker.start(new LanAddress("127.0.0.1", 0));
        TestEnvironment environment =
            TestEnvironment.start(config(broker.address().port()), progress);
        StreamClient _ = StreamClient.connect(environment.apiUri(), this::onUpdate)) {
      environment.closeOnShutdown();
      database = environment.database();
      measurement = measure(waiting, environment, broker.address().port(), progress);
    }
    try (SqliteCloudStore store = SqliteCloudStore.open(database)) {
      List<SeqRange> stored = store.events().stored(measurement.outbox());
      boolean isComplete = stored.size() == 1 && stored.getFirst().size() >= measurement.recorded();
      return new Outcome(
          measurement.timing(), measurement.messages(), measurement.heap(), isComplete);
    }
  }

  private Measurement measure(
      int waiting, TestEnvironment environment, int lanPort, Consumer<String> progress)
      throws IOException, InterruptedException {
    GymProcesses processes = environment.gyms().getFirst();
    processes.gateway().close();
    progress.accept("filling the outbox");
    Path data = folder.resolve(processes.gymId()).resolve("data");
    OutboxId outbox = OutboxFiller.append(data, gym, 1, waiting, InstantSource.system());
    processes.setLink(NetworkLink.State.BLACK_HOLE);
    processes.startGateway();
    awaitTrue(() -> processes.counters().waiting() >= waiting);
    try (LanSensor sensor = LanSensor.connect(lanPort)) {
      GcLog gcLog = GcLog.of(processes.gateway().pid(), folder.resolve("gc.log"));
      progress.accept("link up");
      long before = receivedMessages(environment);
      Timing timing = awaitDrained(processes, sensor);
      return new Measurement(
          timing,
          receivedMessages(environment) - before,
          gcLog.heap(),
          outbox,
          processes.counters().recorded());
    }
  }

  /// Publishes live changes until the outbox is empty, and for at least ten seconds.
  private Timing awaitDrained(GymProcesses processes, LanSensor sensor)
      throws InterruptedException {
    long start = System.nanoTime();
    processes.setLink(new NetworkLink.State.Slow(Duration.ZERO, BYTES_PER_SECOND));
    Samples live = new Samples();
    Random random = new Random(1);
    double seconds = 0;
    while (seconds == 0 || System.nanoTime() - start < MIN_DURATION.toNanos()) {
      awaited = LevelSensorGym.id(LevelSensorGym.machineOf(live.size()));
      frames.clear();
      long published = System.nanoTime();
      sensor.publish(
          LevelSensorGym.topic(LevelSensorGym.machineOf(live.size())),
          LevelSensorGym.active(live.size()));
      Long frame = frames.poll(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      if (frame == null) {
        throw new IllegalStateException("a live change did not arrive within " + TIMEOUT);
      }
      live.add(frame - published);
      long left = TimeUnit.MILLISECONDS.toNanos(100 + random.nextInt(200));
      for (long end = System.nanoTime() + left; System.nanoTime() < end; ) {
        TimeUnit.MILLISECONDS.sleep(5);
        if (seconds == 0 && processes.counters().waiting() == 0) {
          seconds = (System.nanoTime() - start) / 1e9;
        }
      }
      if (System.nanoTime() - start > MAX_DURATION.toNanos()) {
        throw new IllegalStateException("not drained in time: %s".formatted(processes.counters()));
      }
    }
    return new Timing(seconds, live);
  }

  private void onUpdate(String update) {
    if (update.contains("\"" + awaited + "\"")) {
      frames.add(System.nanoTime());
    }
  }

  private static long receivedMessages(TestEnvironment environment) throws IOException {
    try (InputStream health = environment.cloudUri().resolve("/health").toURL().openStream()) {
      return new ObjectMapper().readTree(health).path("messages").path("received").asLong();
    }
  }

  private static void awaitTrue(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TIMEOUT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the gateway does not report the waiting events");
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private EnvironmentConfig config(int lanPort) throws IOException {
    Path file =
        Files.writeString(folder.resolve("riverside.json"), FloorPlanFile.write(floorPlan()));
    return new EnvironmentConfig(
        Launcher.current(),
        folder,
        List.of(file),
        0,
        Optional.empty(),
        // With held acknowledgements the outbox would not become empty during live changes.
        EnvironmentConfig.Timing.PRODUCTION.withImmediateAcks(),
        new EnvironmentConfig.SensorInput.External(lanPort),
        false,
        Optional.empty());
  }

  /// The machines of the backlog and of the live changes.
  private FloorPlan floorPlan() {
    List<Machine> machines = new ArrayList<>(LevelSensorGym.machines());
    gym.ids()
        .forEach(it -> machines.add(LevelSensorGym.machine(it, it.value(), "bench/" + it.value())));
    return new FloorPlan(
        new Gym(new GymId("riverside"), "Riverside", 0, 0, ZoneId.of("UTC")),
        new GatewayId("riverside-gw"),
        machines);
  }
}
