package io.gympulse.edge;

import io.gympulse.contract.clock.ProcessClock;
import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.configuration.GatewayConfiguration;
import io.gympulse.edge.health.HeartbeatReporter;
import io.gympulse.edge.occupancy.FloorWatch;
import io.gympulse.edge.occupancy.OccupancyDetector;
import io.gympulse.edge.occupancy.OccupancyState;
import io.gympulse.edge.occupancy.Resumption;
import io.gympulse.edge.outbox.Occurrence;
import io.gympulse.edge.outbox.Outbox;
import io.gympulse.edge.outbox.OutboxCounts;
import io.gympulse.edge.sensing.SensorSource;
import io.gympulse.edge.sync.SyncLoop;
import io.gympulse.edge.sync.SyncSettings;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import io.gympulse.edge.uplink.Uplink;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A gateway at work: sources, detectors, outbox and uplink joined together.
///
/// The machine's own clock is taken to be right.
final class RunningGateway implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningGateway.class);
  private static final Duration ALIVE_MARK_EVERY = Duration.ofSeconds(30);
  private static final Duration SNAPSHOT_EVERY = Duration.ofMinutes(15);
  private static final BootId WALL_CLOCK = new BootId("wall-clock");
  private static final int LONGEST_RETRY_FACTOR = 10;
  private static final double PUBLISHES_PER_REAL_SECOND = 100;
  private static final double BYTES_PER_REAL_SECOND = 524_288;

  private final Outbox outbox;
  private final Uplink uplink;
  private final Recorder recorder;
  private final ProcessClock clock;
  private final List<SensorSource> sources;
  private final FloorWatch watch;
  private final SyncLoop sync;
  private final HeartbeatReporter heartbeat;
  private final Duration heartbeatEvery;
  private final ScheduledExecutorService timers =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("timers").factory());

  RunningGateway(
      GatewayConfiguration configuration,
      Outbox outbox,
      Uplink uplink,
      Recorder recorder,
      ProcessClock clock) {
    this.outbox = outbox;
    this.uplink = uplink;
    this.recorder = recorder;
    this.clock = clock;
    this.sources = Sources.of(configuration, clock);
    this.watch = new FloorWatch(resumed(configuration), clock, this::record);
    this.sync =
        new SyncLoop(
            new SyncLoop.Sources(configuration.address(), outbox, watch::states, this::vouchedTo),
            uplink,
            new SyncSettings(
                configuration.timing().retry(),
                configuration.timing().retry().multipliedBy(LONGEST_RETRY_FACTOR),
                SNAPSHOT_EVERY,
                PUBLISHES_PER_REAL_SECOND / clock.rate(),
                BYTES_PER_REAL_SECOND / clock.rate()),
            clock,
            RandomGenerator.getDefault());
    this.heartbeat =
        new HeartbeatReporter(configuration.address(), outbox, uplink, this::vouchedTo, clock);
    this.heartbeatEvery = configuration.timing().heartbeat();
  }

  /// Where each machine starts from. What differs from its last event becomes an event, and only
  /// when all of those are durable may the mark of being alive move on.
  private Map<OccupancyDetector, OccupancyState> resumed(GatewayConfiguration configuration) {
    Instant now = clock.instant();
    Map<MachineId, Occurrence> last = outbox.lastStates();
    Optional<Instant> lastAlive = lastAlive();
    Map<OccupancyDetector, OccupancyState> initial = new LinkedHashMap<>();
    CompletableFuture<?> recorded = CompletableFuture.completedFuture(null);
    for (Machine machine : configuration.machines()) {
      OccupancyDetector detector =
          new OccupancyDetector(machine, configuration.timing().stuckAfter());
      Optional<MachineState> known =
          Optional.ofNullable(last.get(machine.id())).flatMap(RunningGateway::state);
      MachineState start = Resumption.of(machine.id(), known, lastAlive, now);
      if (!known.equals(Optional.of(start))) {
        recorded = append(start);
      }
      initial.put(detector, detector.initial(start));
    }
    recorded.join();
    outbox.markAlive(stamp(now)).join();
    return initial;
  }

  void start() {
    sync.start();
    watch.start(sources);
    every(heartbeatEvery, heartbeat::beat);
    every(ALIVE_MARK_EVERY, this::markAlive);
  }

  OutboxCounts counts() {
    return outbox.counts();
  }

  private void every(Duration period, Runnable action) {
    long nanos = clock.toReal(period).toNanos();
    var _ =
        timers.scheduleAtFixedRate(
            () -> {
              try {
                action.run();
              } catch (RuntimeException e) {
                LOG.error("a timed action failed; it will be tried again", e);
              }
            },
            nanos,
            nanos,
            TimeUnit.NANOSECONDS);
  }

  /// A gateway that is killed takes itself to have been off since its last durable mark, so no word
  /// is given beyond it. A mark ahead of what was watched was made before the clock was set back.
  private Optional<Instant> vouchedTo() {
    return watch.coveredTo().flatMap(watched -> lastAlive().filter(it -> !it.isAfter(watched)));
  }

  /// Only what no detector may still revise counts as watched.
  private void markAlive() {
    var _ = watch.coveredTo().map(it -> outbox.markAlive(stamp(it)));
  }

  private CompletableFuture<Sequence> record(MachineState state) {
    CompletableFuture<Sequence> appended = append(state);
    var _ = appended.thenAccept(sync::appended);
    return appended;
  }

  private CompletableFuture<Sequence> append(MachineState state) {
    Occurrence occurrence =
        new Occurrence(state.machine(), state.status(), state.reason(), stamp(state.since()));
    CompletableFuture<Sequence> appended = outbox.append(occurrence);
    var _ = appended.thenAccept(it -> recorder.appended(outbox.id(), it, state));
    return appended;
  }

  private Optional<Instant> lastAlive() {
    return outbox.lastAlive().flatMap(Stamp::wall).map(Stamp.Wall::at);
  }

  private static Optional<MachineState> state(Occurrence last) {
    return last.stamp()
        .wall()
        .map(it -> new MachineState(last.machine(), last.status(), it.at(), last.reason()));
  }

  /// By the wall alone, as if the machine had begun to run in 1970 and never stopped.
  private static Stamp stamp(Instant at) {
    return new Stamp(
        WALL_CLOCK,
        Duration.between(Instant.EPOCH, at),
        Optional.of(new Stamp.Wall(at, TimeQuality.SYNCED)));
  }

  /// Stops taking readings, makes durable what was decided, and leaves.
  @Override
  public void close() {
    timers.shutdownNow();
    watch.close();
    sync.close();
    markAlive();
    outbox.close();
    uplink.close();
    sources.forEach(SensorSource::close);
  }
}
