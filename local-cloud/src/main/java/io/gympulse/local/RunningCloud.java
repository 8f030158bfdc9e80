package io.gympulse.local;

import io.gympulse.cloud.ingest.HeldAcknowledgements;
import io.gympulse.cloud.ingest.IngestCounters;
import io.gympulse.cloud.ingest.IngestHandler;
import io.gympulse.cloud.presence.PresenceSweep;
import io.gympulse.cloud.state.event.Retention;
import io.gympulse.cloud.state.sqlite.SqliteCloudStore;
import io.gympulse.cloud.state.store.CloudStore;
import io.gympulse.contract.clock.ProcessClock;
import io.gympulse.contract.file.ProcessLock;
import io.gympulse.contract.topic.TopicRules;
import io.gympulse.local.broker.Broker;
import io.gympulse.local.broker.BrokerSettings;
import io.gympulse.local.broker.Policies;
import io.gympulse.local.feed.FeedServer;
import io.gympulse.local.http.HttpDoor;
import io.gympulse.local.operator.OperatorPages;
import io.gympulse.local.pki.CertificateAuthority;
import io.gympulse.local.pki.ServerIdentity;
import io.gympulse.local.queue.DeadLetters;
import io.gympulse.local.queue.QueueSettings;
import io.gympulse.local.queue.StandardQueue;
import io.gympulse.local.rules.Rule;
import io.gympulse.local.rules.RuleEngine;
import io.gympulse.local.shadow.ShadowService;
import io.gympulse.local.things.ThingRegistry;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The composition: broker -> rules -> queue -> ingest -> store -> feed, with shadows and
/// schedules.
final class RunningCloud implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunningCloud.class);
  private static final String REGION = "local";
  private static final String ACCOUNT = "000000000000";
  private static final Duration FLOOR_PLAN_PAUSE = Duration.ofSeconds(2);
  private static final int SWEEPS_PER_SILENCE = 20;
  private static final int LOOKS_PER_HOLD = 10;

  private final CloudSettings settings;
  private final AcknowledgementFault fault = new AcknowledgementFault();
  private final IngestCounters counters = new IngestCounters();
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
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
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.warn("a part does not stop: {}", e.getMessage());
      }
    }
  }

  private void startParts() throws IOException {
    DataFolder data = settings.data();
    Files.createDirectories(data.root());
    started(locked());
    SqliteCloudStore store =
        started(SqliteCloudStore.open(data.database(), Retention.by(settings.clock())));
    startFloorPlans(store);
    startSweep(store);
    DevicePipeline pipeline = started(DevicePipeline.start(data, store, settings.clock()));
    Alerting alerting = startAlerting(store);
    AggregateSchedule aggregates = started(AggregateSchedule.start(store, settings.clock()));
    DeadLetters deadLetters = new DeadLetters(data.deadLetters(), settings.clock());
    Health health =
        startMessaging(
            store,
            deadLetters,
            List.of(
                new Health.Part("devicePipeline", pipeline::health),
                new Health.Part("aggregates", aggregates::health),
                new Health.Part("alerting", alerting::health)));
    try {
      FeedServer feed =
          started(
              FeedServer.start(
                  FeedServer.address(settings.host(), settings.feedPort()),
                  store.feed(),
                  health::json,
                  settings.allowFaults() ? Optional.of(fault::arm) : Optional.empty()));
      feed.serve("/", new HttpDoor(pipeline.routes(), settings.clock()));
      new OperatorPages(store.unregistered(), deadLetters).byPath().forEach(feed::serve);
      feedPort = feed.port();
    } catch (BindException e) {
      throw taken(settings.feedPort(), "--feed-port", e);
    }
  }

  private void startFloorPlans(CloudStore store) throws IOException {
    List<Path> folders = new ArrayList<>(List.of(settings.data().floorPlans()));
    settings.floorPlans().ifPresent(folders::add);
    FloorPlanFolders floorPlans = new FloorPlanFolders(folders, store.floorPlans());
    floorPlans.register();
    started(new Repeating("floor-plans", FLOOR_PLAN_PAUSE, floorPlans::register));
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
    started(new Repeating("presence", pause, () -> sweep.sweep(settings.clock().instant())));
  }

  private Alerting startAlerting(SqliteCloudStore store) throws IOException {
    DataFolder data = settings.data();
    AlertSettings alerts = settings.alerts();
    String secret = SecretFile.ensure(data.operatorsSecret());
    SecretFile.ensure(data.connectionsToken());
    DeliveryChannels channels =
        started(
            new DeliveryChannels(
                alerts.connections(),
                data.connectionsToken(),
                alerts.mailFolder(),
                settings.clock()));
    return started(
        Alerting.start(store, alerts.operators(secret), channels.channels(), settings.clock()));
  }

  private Health startMessaging(
      SqliteCloudStore store, DeadLetters deadLetters, List<Health.Part> parts) throws IOException {
    DataFolder data = settings.data();
    // Certificates are checked against real time, whatever clock this process runs on.
    Instant now = ProcessClock.real().instant();
    CertificateAuthority authority = CertificateAuthority.open(data.authority(), now);
    ServerIdentity.ensure(authority, settings.host(), data.serverPem(), now);
    BrokerSettings brokerSettings =
        new BrokerSettings(
            settings.host(),
            settings.mqttPort(),
            data.broker(),
            data.serverPem(),
            authority.certificateFile());
    ThingRegistry things = new ThingRegistry(data.things());
    Broker broker = started(new Broker(brokerSettings, things, new Policies(REGION, ACCOUNT)));
    Health health = behind(broker, store, deadLetters, parts);
    try {
      broker.start(health.door());
    } catch (BindException e) {
      throw taken(settings.mqttPort(), "--mqtt-port", e);
    }
    mqttPort = broker.port();
    return health;
  }

  /// What stands behind the broker. The queue ends before the broker, which carries its answers.
  private Health behind(
      Broker broker, SqliteCloudStore store, DeadLetters deadLetters, List<Health.Part> parts) {
    DataFolder data = settings.data();
    ProcessClock clock = settings.clock();
    BackToDevices publisher = new BackToDevices(broker, fault);
    IngestHandler atOnce =
        new IngestHandler(
            store, publisher, settings.offlineAfter(), counters, store.metricPoints());
    IngestHandler ingest =
        settings.acknowledgeWithin().isZero() ? atOnce : atOnce.holding(startHolding(publisher));
    StandardQueue queue =
        started(new StandardQueue(QueueSettings.standard("ingest"), ingest, deadLetters, clock));
    RuleEngine rules =
        new RuleEngine(
            TopicRules.all().stream().map(rule -> Rule.parse(rule.name(), rule.sql())).toList());
    ShadowService shadows = new ShadowService(data.shadows(), clock);
    return new Health(new FrontDoor(broker, rules, shadows, queue, clock), queue, counters, parts);
  }

  /// Looks for what is due in tenths of the time for which it may be held. What is held at an
  /// orderly end is told then.
  private HeldAcknowledgements startHolding(BackToDevices publisher) {
    ProcessClock clock = settings.clock();
    Duration within = settings.acknowledgeWithin();
    Duration look = within.dividedBy(LOOKS_PER_HOLD);
    HeldAcknowledgements held =
        new HeldAcknowledgements(publisher, within.minus(look), clock, counters);
    parts.push(held::publishAll);
    started(new Repeating("acknowledgements", clock.toReal(look), held::publishDue));
    return held;
  }

  private IOException taken(int port, String option, BindException cause) {
    return new IOException(
        "port %d on %s is taken; choose another with %s".formatted(port, settings.host(), option),
        cause);
  }

  private <T extends AutoCloseable> T started(T part) {
    parts.push(part);
    return part;
  }
}
