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
import io.gympulse.system.link.LinkState;
import io.gympulse.system.process.Launcher;
import io.gympulse.system.rig.Branch;
import io.gympulse.system.rig.Rig;
import io.gympulse.system.rig.RigPlan;
import io.gympulse.system.rig.UpdateCounter;
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
        Rig rig = Rig.start(plan(broker.address().port()), progress);
        UpdateCounter member = new UpdateCounter(rig.page(), this::seen)) {
      // Long before the first change, lest it is missed.
      member.ensureConnected();
      rig.closeOnShutdown();
      database = rig.database();
      seen = watched(waiting, rig, broker.address().port(), progress);
    }
    try (SqliteCloudStore store = SqliteCloudStore.open(database)) {
      List<SeqRange> stored = store.events().stored(seen.outbox());
      boolean whole = stored.size() == 1 && stored.getFirst().size() >= seen.recorded();
      return new Outcome(seen.drained(), seen.messages(), seen.heap(), whole);
    }
  }

  private Seen watched(int waiting, Rig rig, int lanPort, Consumer<String> progress)
      throws IOException, InterruptedException {
    Branch branch = rig.branches().getFirst();
    branch.gateway().close();
    progress.accept("filling the outbox through its port");
    Path data = folder.resolve(branch.plan().gym().id().value()).resolve("data");
    OutboxId outbox = WaitingEvents.append(data, gym, 1, waiting, InstantSource.system());
    branch.setLink(LinkState.BLACK_HOLE);
    branch.startGateway();
    until(() -> branch.counters().waiting() >= waiting);
    try (LanSensor sensor = LanSensor.connect(lanPort)) {
      HeapWatch heap = HeapWatch.of(branch.gateway().pid(), folder.resolve("gc.log"));
      progress.accept("link up");
      long before = received(rig);
      Drained drained = drained(branch, sensor);
      return new Seen(
          drained, received(rig) - before, heap.heap(), outbox, branch.counters().recorded());
    }
  }

  /// Goes on with live changes until nothing waits, and for a while if nothing did.
  private Drained drained(Branch branch, LanSensor sensor) throws InterruptedException {
    long start = System.nanoTime();
    branch.setLink(new LinkState.Slow(Duration.ZERO, BYTES_PER_SECOND));
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
        if (seconds == 0 && branch.counters().waiting() == 0) {
          seconds = (System.nanoTime() - start) / 1e9;
        }
      }
      if (System.nanoTime() - start > AT_MOST.toNanos()) {
        throw new IllegalStateException("%s still wait".formatted(branch.counters()));
      }
    }
    return new Drained(seconds, live);
  }

  private void seen(String update) {
    if (update.contains("\"" + awaited + "\"")) {
      frames.add(System.nanoTime());
    }
  }

  private static long received(Rig rig) throws IOException {
    try (InputStream health = rig.feed().resolve("/health").toURL().openStream()) {
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

  private RigPlan plan(int lanPort) throws IOException {
    Path floorPlan =
        Files.writeString(
            folder.resolve("riverside.json"), FloorPlanFile.write(BenchGym.plan(gym)));
    return new RigPlan(
        Launcher.current(),
        folder,
        List.of(floorPlan),
        0,
        Optional.empty(),
        // Else the outbox is never empty while live changes go on.
        RigPlan.Timing.PRODUCTION.acknowledgingAtOnce(),
        new RigPlan.SensorsPlan.External(lanPort),
        false,
        Optional.empty());
  }
}
