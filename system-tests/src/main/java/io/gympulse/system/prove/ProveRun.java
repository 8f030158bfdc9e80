package io.gympulse.system.prove;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.process.ProcessClock;
import io.gympulse.system.environment.EnvironmentConfig;
import io.gympulse.system.environment.GymProcesses;
import io.gympulse.system.environment.StreamClient;
import io.gympulse.system.environment.TestEnvironment;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// One run: starts the environment and its observers, injects the faults, waits until everything
/// is delivered and aggregated, and stops the environment.
final class ProveRun {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration COOLDOWN = Duration.ofMinutes(20);

  private final EnvironmentConfig config;
  private final Settings settings;
  private final PrintStream out;

  /// @param hours of the gyms' day
  /// @param rate of the processes' clock, times real time
  /// @param start of the gyms' day, on the processes' clock
  record Settings(long seed, FaultPlan.Size faults, double hours, double rate, Instant start) {
    /// Real time.
    Duration length() {
      return Duration.ofMillis(Math.round(hours * 3_600_000 / rate));
    }
  }

  /// What the checks need of a run that has ended.
  ///
  /// @param database of the cloud
  /// @param lateWindowIsDue whether a link was cut so that a window is computed without its
  ///     events
  /// @param aggregatesComplete whether all windows were computed in time
  /// @param enoughCrashesBeforeAck see [FaultInjector#hasEnoughCrashesBeforeAck]
  record Outcome(
      List<GymProcesses> gyms,
      Path database,
      AlertSubscriptions alerts,
      Observations observations,
      boolean lateWindowIsDue,
      boolean aggregatesComplete,
      boolean enoughCrashesBeforeAck,
      Optional<Throwable> watcherFailure) {}

  /// @param config with a clock
  ProveRun(EnvironmentConfig config, Settings settings, PrintStream out) {
    this.config = config;
    this.settings = settings;
    this.out = out;
  }

  Outcome run() throws IOException, InterruptedException, FloorPlanException {
    ProcessClock clock = ProcessClock.parse(config.clock().orElseThrow());
    List<StreamCheck.Frame> frames = Collections.synchronizedList(new ArrayList<>());
    try (LoadProbe probe = LoadProbe.start(clock, config.data())) {
      Disruptions disruptions = new Disruptions(clock, probe.slowdowns());
      Disruptions.Disruption starting = disruptions.begin(Optional.empty());
      Downtime.Log downtimes = new Downtime.Log(clock);
      try (TestEnvironment environment =
              TestEnvironment.start(config, it -> out.println("  " + it));
          StreamClient stream =
              StreamClient.connect(
                  environment.apiUri(), clock, it -> frames.add(frame(clock.instant(), it)));
          RecordFileWatcher watcher = RecordFileWatcher.start(clock, recordFiles(environment));
          ApiPoller poller = ApiPoller.start(environment.apiUri(), gymIds(environment), clock);
          AlertSubscriptions alerts =
              AlertSubscriptions.start(
                  environment.apiUri(), plans(environment), terms(), clock, disruptions)) {
        environment.closeOnShutdown();
        disruptions.endAfterReconnect(starting, environment.gyms());
        FaultInjector injector = new FaultInjector(environment, disruptions, downtimes, out);
        FaultPlan plan = faultPlan(clock, environment.gyms().size());
        injector.inject(plan);
        injector.sleepUntil(settings.length());
        Quiescence.awaitUndisturbedTime(probe.slowdowns());
        out.println(injector.summary());
        Quiescence.drain(environment, out);
        boolean aggregated =
            Quiescence.awaitAggregates(environment.cloudUri().resolve("/health"), clock.instant());
        out.printf("member's updates: %d%n", stream.updateCount());
        Observations observations =
            new Observations(
                disruptions,
                probe.slowdowns(),
                downtimes.all(),
                injector.cardCloner().periods(),
                injector.cardCloner().unsent(),
                recordFiles(environment).stream()
                    .collect(Collectors.toMap(it -> it, watcher::firstSeen)),
                injector.cloudDowntimes(),
                poller.requests(),
                List.copyOf(frames),
                stream.connections(),
                clock.instant());
        return new Outcome(
            environment.gyms(),
            environment.database(),
            alerts,
            observations,
            plan.lateWindow().isPresent(),
            aggregated,
            injector.hasEnoughCrashesBeforeAck(),
            watcher.failure());
      }
    }
  }

  private FaultPlan faultPlan(ProcessClock clock, int gyms) {
    FaultPlan drawn =
        FaultPlan.draw(new Random(settings.seed()), settings.faults(), gyms, settings.length());
    Optional<Fault.Outage> late =
        settings.faults().outages() == 0
            ? Optional.empty()
            : FaultPlan.lateWindowOutage(clock, settings.length());
    return late.map(it -> drawn.withLateWindow(it, gyms)).orElse(drawn);
  }

  /// The quiet hours are the second quarter of the run, given in another time zone than the
  /// gyms'.
  private List<SubscriptionTerms> terms() {
    Duration quarter = Duration.ofMinutes(Math.round(settings.hours() * 60 / 4));
    Instant quietStart = settings.start().plus(quarter);
    return List.of(
        new SubscriptionTerms.EveryPeriod(),
        new SubscriptionTerms.Once(),
        new SubscriptionTerms.WithCooldown(COOLDOWN),
        new SubscriptionTerms.WithQuietHours(
            quietStart, quietStart.plus(quarter), ZoneId.of("Asia/Kolkata")));
  }

  private static StreamCheck.Frame frame(Instant at, String update) {
    try {
      return StreamCheck.Frame.of(at, JSON.readTree(update));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a frame is not JSON: " + update, e);
    }
  }

  private List<Path> recordFiles(TestEnvironment environment) {
    return environment.gyms().stream()
        .flatMap(
            gym ->
                Stream.concat(
                    Stream.of(gym.recordFile()),
                    IntStream.rangeClosed(1, settings.faults().clonedCards())
                        .mapToObj(gym::cloneRecordFile)))
        .toList();
  }

  private static List<String> gymIds(TestEnvironment environment) {
    return environment.gyms().stream().map(GymProcesses::gymId).toList();
  }

  private static List<FloorPlan> plans(TestEnvironment environment) {
    return environment.gyms().stream().map(GymProcesses::floorPlan).toList();
  }
}
