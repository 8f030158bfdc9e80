package io.gympulse.edge;

import io.gympulse.edge.configuration.GatewayConfiguration;
import io.gympulse.edge.health.HeartbeatReporter;
import io.gympulse.edge.occupancy.FloorWatch;
import io.gympulse.edge.occupancy.OccupancyDetector;
import io.gympulse.edge.outbox.Outbox;
import io.gympulse.edge.outbox.OutboxCounts;
import io.gympulse.edge.sensing.ReadingSource;
import io.gympulse.edge.sync.SyncLoop;
import io.gympulse.edge.sync.SyncSettings;
import io.gympulse.edge.time.GatewayTime;
import io.gympulse.edge.uplink.Uplink;
import io.gympulse.process.ProcessClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
/// Sensing and occupancy live on the gateway's time line; stamps and messages tell wall time.
final class RunningGateway implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningGateway.class);
  private static final Duration LOOK_AT_CLOCK_EVERY = Duration.ofSeconds(1);
  private static final Duration ALIVE_MARK_EVERY = Duration.ofMinutes(1);
  private static final Duration KEEP_HISTORIES_EVERY = Duration.ofHours(1);
  // The cloud keeps when each machine was last spoken of: a snapshot costs it a write for each.
  private static final Duration SNAPSHOT_EVERY = Duration.ofHours(1);
  private static final int LONGEST_RETRY_FACTOR = 10;
  private static final double PUBLISHES_PER_REAL_SECOND = 100;
  private static final double BYTES_PER_REAL_SECOND = 524_288;

  private final Outbox outbox;
  private final Uplink uplink;
  private final ProcessClock pace;
  private final Journal journal;
  private final List<ReadingSource> sources;
  private final FloorWatch watch;
  private final SyncLoop sync;
  private final HeartbeatReporter heartbeat;
  private final Duration heartbeatEvery;
  private final ScheduledExecutorService timers =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("timers").factory());

  /// @param pace how fast time passes for waiting
  RunningGateway(
      GatewayConfiguration configuration,
      Outbox outbox,
      Uplink uplink,
      Recorder recorder,
      GatewayTime time,
      ProcessClock pace) {
    this.outbox = outbox;
    this.uplink = uplink;
    this.pace = pace;
    this.sources = Sources.of(configuration, time);
    this.journal = new Journal(outbox, time, recorder, this::moreToSend);
    this.watch =
        new FloorWatch(journal.resumed(detectors(configuration)), time, pace, journal::record);
    this.sync =
        new SyncLoop(
            new SyncLoop.Sources(
                configuration.address(),
                outbox,
                () -> journal.shown(watch.states()),
                this::vouchedTo,
                time::shown),
            uplink,
            new SyncSettings(
                configuration.timing().retry(),
                configuration.timing().retry().multipliedBy(LONGEST_RETRY_FACTOR),
                SNAPSHOT_EVERY,
                PUBLISHES_PER_REAL_SECOND / pace.rate(),
                BYTES_PER_REAL_SECOND / pace.rate()),
            pace,
            RandomGenerator.getDefault());
    this.heartbeat =
        new HeartbeatReporter(
            configuration.address(), outbox, uplink, this::vouchedTo, time::shown);
    this.heartbeatEvery = configuration.timing().heartbeat();
  }

  private static List<OccupancyDetector> detectors(GatewayConfiguration configuration) {
    Duration stuckAfter = configuration.timing().stuckAfter();
    return configuration.machines().stream()
        .map(it -> new OccupancyDetector(it, stuckAfter))
        .toList();
  }

  private void moreToSend() {
    sync.more();
  }

  void start() {
    sync.start();
    watch.start(sources);
    every(heartbeatEvery, heartbeat::beat);
    every(ALIVE_MARK_EVERY, this::markAlive);
    every(LOOK_AT_CLOCK_EVERY, journal::keepTime);
    every(KEEP_HISTORIES_EVERY, this::keepHistories);
  }

  /// Completes when occupancy is not told any more: see [FloorWatch#broken].
  CompletableFuture<Throwable> broken() {
    return watch.broken();
  }

  OutboxCounts counts() {
    return outbox.counts();
  }

  private void every(Duration period, Runnable action) {
    long nanos = pace.toReal(period).toNanos();
    var _ =
        timers.scheduleAtFixedRate(
            () -> {
              try {
                action.run();
              } catch (RuntimeException e) {
                LOG.error("a timed action failed; it will be tried again", e);
              } catch (Error e) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
              }
            },
            nanos,
            nanos,
            TimeUnit.NANOSECONDS);
  }

  private Optional<Instant> vouchedTo() {
    return watch.coveredTo().flatMap(journal::vouchedTo);
  }

  /// Only what no detector may still revise counts as watched.
  private void markAlive() {
    watch.coveredTo().ifPresent(journal::markAlive);
  }

  private void keepHistories() {
    journal.keep(watch.histories());
  }

  /// Stops taking readings, makes durable what was decided, and leaves.
  @Override
  public void close() {
    timers.shutdownNow();
    watch.close();
    sync.close();
    markAlive();
    keepHistories();
    outbox.close();
    uplink.close();
    sources.forEach(ReadingSource::close);
  }
}
