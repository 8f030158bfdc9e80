package io.gympulse.local;

import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.incident.OutboxConflictReports;
import io.gympulse.cloud.presence.PresenceSweep;
import io.gympulse.cloud.redrive.DeadLetterQueues;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import io.gympulse.local.feed.FeedStream;
import io.gympulse.local.http.HttpDoor;
import io.gympulse.local.http.HttpLimits;
import io.gympulse.local.http.HttpListener;
import io.gympulse.local.operator.OperatorAccess;
import io.gympulse.local.operator.OperatorPages;
import io.gympulse.local.operator.PlanPages;
import io.gympulse.local.queue.DeadLetters;
import io.gympulse.process.DurableFile;
import io.gympulse.process.ProcessLock;
import io.gympulse.process.SiteCheck;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The composition: messaging -> store -> feed, with alerting, device reports and schedules.
final class RunningCloud implements AutoCloseable {

  private static final Duration FLOOR_PLAN_PAUSE = Duration.ofSeconds(2);
  private static final int SWEEPS_PER_SILENCE = 20;

  /// Real time between two looks at whether the parts work, and the longest time that one takes.
  private static final Duration PROBE_PAUSE = Duration.ofSeconds(5);

  private static final Duration PROBE_PATIENCE = Duration.ofSeconds(20);

  /// The exit code of a process that cannot do its work any more.
  private static final int ENDED = 3;

  private final CloudSettings settings;
  private final AcknowledgementFault fault = new AcknowledgementFault();
  private final Parts parts = new Parts();
  private int mqttPort;
  private int feedPort;

  private RunningCloud(CloudSettings settings) {
    this.settings = settings;
  }

  /// Starts everything; stops what was started if something cannot.
  ///
  /// @throws IOException if a port is taken or the data directory cannot be used; the message names
  ///     the option that changes it
  static RunningCloud start(CloudSettings settings) throws IOException {
    RunningCloud cloud = new RunningCloud(settings);
    try {
      cloud.startParts();
      return cloud;
    } catch (IOException | RuntimeException e) {
      cloud.close();
      throw e;
    }
  }

  int mqttPort() {
    return mqttPort;
  }

  int feedPort() {
    return feedPort;
  }

  @Override
  public void close() {
    parts.close();
  }

  private void startParts() throws IOException {
    DataFolder data = settings.data();
    if (Files.exists(data.root()) && !Files.isDirectory(data.root())) {
      throw new IOException(
          "--data %s is a file; give a folder, which is made if it is missing"
              .formatted(data.root()));
    }
    DurableFile.makeFolders(data.root());
    parts.started(locked());
    SqliteCloudStore store =
        parts.started(SqliteCloudStore.open(data.database(), settings.clock()));
    FloorPlanDesk floorPlans = startFloorPlans(store);
    startSweep(store);
    ExpirySchedule expiry = parts.started(ExpirySchedule.start(store, settings.clock()));
    DevicePipeline pipeline = parts.started(DevicePipeline.start(data, store, settings.clock()));
    Alerting alerting = startAlerting(store);
    AggregateSchedule aggregates = parts.started(AggregateSchedule.start(store, settings.clock()));
    DeadLetters deadLetters = new DeadLetters(data.deadLetters(), settings.clock());
    Messaging messaging =
        parts.started(
            Messaging.start(
                settings,
                store,
                deadLetters,
                fault,
                new Messaging.Reports(alerting.quotas(), conflictReports(store))));
    mqttPort = messaging.port();
    Vitals vitals =
        parts.started(
            Vitals.watch(
                List.of(
                    new Vitals.Organ("store", false, () -> working(store::probe)),
                    new Vitals.Organ("feed", false, new FeedProbe(store.feed())),
                    new Vitals.Organ("devicePipeline", false, () -> working(pipeline::probe)),
                    new Vitals.Organ("deadLetters", false, () -> working(deadLetters::probe)),
                    new Vitals.Organ("brokerPort", false, messaging::brokerUnreachable),
                    new Vitals.Organ("broker", true, messaging::brokerStopped)),
                PROBE_PAUSE,
                PROBE_PATIENCE,
                RunningCloud::end));
    HttpListener http = startHttp();
    Health health =
        messaging.health(
            List.of(
                new Health.Part("http", http::health),
                new Health.Part("devicePipeline", pipeline::health),
                new Health.Part("aggregates", aggregates::health),
                new Health.Part("alerting", alerting::health),
                new Health.Part("expiry", expiry::health)),
            vitals);
    servePages(http, store, floorPlans, pipeline, deadLetters, health);
  }

  private static Optional<String> working(Vitals.Work work) throws Exception {
    work.run();
    return Optional.empty();
  }

  private HttpListener startHttp() throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getByName(settings.host()), settings.feedPort());
    try {
      HttpListener http =
          parts.started(
              HttpListener.start(
                  address, new SiteCheck(Set.of(settings.host())), HttpLimits.STANDARD));
      feedPort = http.port();
      return http;
    } catch (BindException e) {
      throw settings.taken(settings.feedPort(), "--feed-port", e);
    }
  }

  private void servePages(
      HttpListener http,
      SqliteCloudStore store,
      FloorPlanDesk floorPlans,
      DevicePipeline pipeline,
      DeadLetters deadLetters,
      Health health)
      throws IOException {
    OperatorAccess operators =
        new OperatorAccess(SecretFile.ensure(settings.data().operatorToken()));
    new OperatorPages(
            store.unregistered(),
            it -> store.floorPlans().locate(it).isPresent(),
            new DeadLetterQueues(List.of(deadLetters, pipeline.deadLetters())),
            store.expiryClock()::accept)
        .byPath()
        .forEach((path, page) -> http.serve(path, operators.guarding(page)));
    http.serve(PlanPages.PATH, operators.guarding(new PlanPages(floorPlans)));
    if (settings.allowFaults()) {
      http.serve("/fault/halt-before-ack", operators.guarding(fault));
    }
    http.serve("/health", health);
    http.serve("/feed", new FeedStream(store.feed()));
    http.serve("/", new HttpDoor(pipeline.routes(), settings.clock()));
  }

  private FloorPlanDesk startFloorPlans(CloudStore store) throws IOException {
    FloorPlanDesk floorPlans =
        new FloorPlanDesk(settings.data().floorPlans(), settings.floorPlans(), store.floorPlans());
    floorPlans.register();
    parts.started(new Repeating("floor-plans", FLOOR_PLAN_PAUSE, floorPlans::register));
    return floorPlans;
  }

  /// What does not come back in this process ends it, so that whoever watches over it starts it
  /// anew.
  private static void end(String reason) {
    System.err.println("error: " + reason + "; the process ends, start it again");
    Runtime.getRuntime().halt(ENDED);
  }

  private ProcessLock locked() throws IOException {
    DataFolder data = settings.data();
    return ProcessLock.take(data.lock())
        .orElseThrow(
            () ->
                new IOException(
                    "another cloud uses %s; stop it, or choose another directory with --data"
                        .formatted(data.root().toAbsolutePath())));
  }

  private void startSweep(CloudStore store) {
    PresenceSweep sweep = new PresenceSweep(store.gateways(), settings.offlineAfter());
    Duration pause = settings.clock().toReal(settings.offlineAfter().dividedBy(SWEEPS_PER_SILENCE));
    parts.started(new Repeating("presence", pause, () -> sweep.sweep(settings.clock().instant())));
  }

  private OutboxConflictReports conflictReports(SqliteCloudStore store) throws IOException {
    String secret = SecretFile.ensure(settings.data().operatorsSecret());
    return new OutboxConflictReports(
        store.incidents(), settings.alerts().operators(secret), settings.clock());
  }

  private Alerting startAlerting(SqliteCloudStore store) throws IOException {
    DataFolder data = settings.data();
    AlertSettings alerts = settings.alerts();
    String secret = SecretFile.ensure(data.operatorsSecret());
    SecretFile.ensure(data.connectionsToken());
    DeliveryChannels channels =
        parts.started(
            new DeliveryChannels(
                alerts.connections(),
                data.connectionsToken(),
                alerts.mailFolder(),
                settings.clock()));
    return parts.started(
        Alerting.start(store, alerts.operators(secret), channels.channels(), settings.clock()));
  }
}
