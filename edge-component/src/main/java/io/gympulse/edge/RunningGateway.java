package io.gympulse.edge;

import io.gympulse.edge.configuration.GatewayConfiguration;
import io.gympulse.edge.health.GatewayHealthReport;
import io.gympulse.edge.health.HealthReporter;
import io.gympulse.edge.health.HeartbeatReporter;
import io.gympulse.edge.occupancy.OccupancyDetector;
import io.gympulse.edge.occupancy.OccupancyLoop;
import io.gympulse.edge.occupancy.PlausibilityCheck;
import io.gympulse.edge.outbox.EventQueue.Counts;
import io.gympulse.edge.outbox.Outbox;
import io.gympulse.edge.outbox.Outbox.State;
import io.gympulse.edge.screen.GatewayParts;
import io.gympulse.edge.sensing.ReadingSource;
import io.gympulse.edge.status.GatewayStatusJson;
import io.gympulse.edge.status.GatewayStatusReport;
import io.gympulse.edge.status.StatusSocket;
import io.gympulse.edge.supervision.SystemdNotifier;
import io.gympulse.edge.supervision.Watchdog;
import io.gympulse.edge.sync.SyncLoop;
import io.gympulse.edge.sync.SyncSettings;
import io.gympulse.edge.time.GatewayTime;
import io.gympulse.edge.uplink.Uplink;
import io.gympulse.edge.uplink.UplinkMonitor;
import io.gympulse.process.ProcessClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running gateway: connects sources, detectors, outbox and uplink.
///
/// Sensing and occupancy use the gateway's timeline; stamps and messages use wall time.
final class RunningGateway implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningGateway.class);
  private static final Duration CLOCK_CHECK_INTERVAL = Duration.ofSeconds(1);
  private static final Duration ALIVE_MARK_INTERVAL = Duration.ofMinutes(1);
  private static final Duration STORE_HISTORIES_INTERVAL = Duration.ofHours(1);
  // A snapshot costs the cloud one write per machine.
  private static final Duration SNAPSHOT_INTERVAL = Duration.ofHours(1);
  private static final int LONGEST_RETRY_FACTOR = 10;

  private final Outbox outbox;
  private final Uplink uplink;
  private final ProcessClock pace;
  private final EventRecorder events;
  private final List<ReadingSource> sources;
  private final OccupancyLoop occupancy;
  private final SyncLoop sync;
  private final HeartbeatReporter heartbeat;
  private final Duration heartbeatInterval;
  private final HealthReporter health;
  private final StatusSocket status;
  private final Supplier<Optional<ScreenStart>> screens;
  private Optional<ScreenStart> screen = Optional.empty();
  private final AtomicLong marks = new AtomicLong();
  private final AtomicLong durableMarks = new AtomicLong();
  private final ScheduledExecutorService timers =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("timers").factory());

  /// @param pace the rate of time, for waiting
  RunningGateway(
      GatewayConfiguration configuration,
      Outbox outbox,
      Uplink uplink,
      Optional<AppendLog> appendLog,
      GatewayTime time,
      ProcessClock pace) {
    UplinkMonitor monitored = new UplinkMonitor(uplink, time);
    this.outbox = outbox;
    this.uplink = monitored;
    this.pace = pace;
    this.sources = ReadingSources.of(configuration, time);
    this.events = new EventRecorder(outbox, outbox, time, appendLog, this::moreToSend, pace::nanos);
    this.occupancy =
        new OccupancyLoop(
            events.initialStates(detectors(configuration)),
            time,
            pace,
            events,
            new PlausibilityCheck(configuration.openingHours(), time::wall));
    this.sync =
        new SyncLoop(
            new SyncLoop.Sources(
                configuration.address(),
                outbox,
                outbox,
                () -> events.withWallTimes(occupancy.states()),
                this::watermark,
                time::displayedWall),
            monitored,
            new SyncSettings(
                configuration.timing().retry(),
                configuration.timing().retry().multipliedBy(LONGEST_RETRY_FACTOR),
                SNAPSHOT_INTERVAL,
                configuration.uplink().budget().messagesPerSecond() / pace.rate(),
                configuration.uplink().budget().bytesPerSecond() / pace.rate()),
            pace,
            RandomGenerator.getDefault());
    this.heartbeat =
        new HeartbeatReporter(
            configuration.address(), outbox, monitored, this::watermark, time::displayedWall);
    this.heartbeatInterval = configuration.timing().heartbeat();
    GatewayStatusReport report =
        new GatewayStatusReport(configuration, sources, occupancy::verdicts, time);
    this.health =
        new HealthReporter(
            configuration.address().gateway(),
            new GatewayHealthReport(
                    configuration,
                    outbox,
                    monitored::status,
                    report::get,
                    time,
                    ProcessClock.real()::nanos)
                ::get,
            monitored,
            time);
    this.status =
        new StatusSocket(
            configuration.dataDir(), () -> GatewayStatusJson.write(report.get()), pace::nanos);
    this.screens =
        () ->
            ScreenStart.start(
                configuration,
                time,
                pace,
                plan ->
                    new GatewayParts(
                        plan,
                        report::get,
                        sources,
                        () -> events.withWallTimes(occupancy.states()),
                        outbox,
                        monitored::status,
                        time));
  }

  private static List<OccupancyDetector> detectors(GatewayConfiguration configuration) {
    Duration stuckAfter = configuration.timing().stuckAfter();
    return configuration.machines().stream()
        .map(it -> new OccupancyDetector(it, stuckAfter))
        .toList();
  }

  private void moreToSend() {
    sync.outboxChanged();
  }

  void start() {
    sync.start();
    occupancy.start(sources);
    every(heartbeatInterval, heartbeat::send);
    every(HealthReporter.CHECK_INTERVAL, health::check);
    every(ALIVE_MARK_INTERVAL, this::markAlive);
    every(CLOCK_CHECK_INTERVAL, events::updateBootTime);
    every(STORE_HISTORIES_INTERVAL, this::storeHistories);
    status.open();
    screen = screens.get();
  }

  /// Completes if the occupancy thread fails: see [OccupancyLoop#broken].
  CompletableFuture<Throwable> broken() {
    return occupancy.broken();
  }

  Counts counts() {
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
                LOG.error("a periodic task failed; it will be retried", e);
              } catch (Error e) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
              }
            },
            nanos,
            nanos,
            TimeUnit.NANOSECONDS);
  }

  private Optional<Instant> watermark() {
    return occupancy.watermark().flatMap(events::watermark);
  }

  private void markAlive() {
    occupancy
        .watermark()
        .ifPresent(
            it -> {
              marks.incrementAndGet();
              var _ = events.markAlive(it).thenRun(durableMarks::incrementAndGet);
            });
  }

  /// Notifies the service manager that the gateway is ready and, as often as it asks for, that the
  /// threads of occupancy and outbox make progress.
  void superviseBy(SystemdNotifier manager) {
    manager.ready();
    Watchdog.Signs signs =
        new Watchdog.Signs(
            occupancy::steps,
            marks::get,
            durableMarks::get,
            () -> !(outbox.state() instanceof State.Working));
    manager.watchdogInterval().ifPresent(it -> every(it, new Watchdog(signs, manager::watchdog)));
  }

  private void storeHistories() {
    events.store(occupancy.histories());
  }

  /// Stops processing readings, and stores the last-alive mark and the dwell histories.
  @Override
  public void close() {
    screen.ifPresent(ScreenStart::close);
    status.close();
    timers.shutdownNow();
    occupancy.close();
    sync.close();
    markAlive();
    storeHistories();
    outbox.close();
    uplink.close();
    sources.forEach(ReadingSource::close);
  }
}
