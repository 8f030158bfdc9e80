package io.gympulse.local;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.gympulse.cloud.state.sqlite.SqliteCloudStore;
import io.gympulse.cloud.state.store.CloudStore;
import io.gympulse.contract.clock.ProcessClock;
import io.gympulse.contract.topic.GatewayPolicy;
import io.gympulse.contract.topic.TopicRules;
import io.gympulse.local.broker.Broker;
import io.gympulse.local.broker.BrokerSettings;
import io.gympulse.local.feed.FeedServer;
import io.gympulse.local.pki.CertificateAuthority;
import io.gympulse.local.pki.ServerIdentity;
import io.gympulse.local.policy.PolicyDocument;
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

  private final CloudSettings settings;
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
    started(DirectoryLock.take(data.lock()));
    CloudStore store = started(SqliteCloudStore.open(data.database()));
    List<Path> folders = new ArrayList<>(List.of(data.floorPlans()));
    settings.floorPlans().ifPresent(folders::add);
    FloorPlanFolders floorPlans = new FloorPlanFolders(folders, store.floorPlans());
    floorPlans.register();
    started(new Repeating("floor-plans", FLOOR_PLAN_PAUSE, floorPlans::register));

    AcknowledgementFault fault = new AcknowledgementFault();
    RequestHandler<SQSEvent, SQSBatchResponse> handler =
        (event, context) -> {
          event.getRecords().forEach(m -> LOG.info("INGEST {}", m.getBody()));
          return new SQSBatchResponse(List.of());
        };
    ProcessClock clock = settings.clock();
    StandardQueue queue =
        started(
            new StandardQueue(
                QueueSettings.standard("ingest"),
                handler,
                new DeadLetters(data.deadLetters(), clock),
                clock));
    startBroker(queue);
    FeedServer feed = startFeed(store, fault);
    feedPort = feed.port();
  }

  private void startBroker(StandardQueue queue) throws IOException {
    DataFolder data = settings.data();
    // Certificates are checked against real time, whatever clock this process runs on.
    Instant now = ProcessClock.real().instant();
    CertificateAuthority authority = CertificateAuthority.open(data.authority(), now);
    ServerIdentity.ensure(authority, settings.host(), data.serverPem(), now);
    PolicyDocument policy =
        PolicyDocument.parse(GatewayPolicy.document(REGION, ACCOUNT), REGION, ACCOUNT);
    RuleEngine rules =
        new RuleEngine(
            TopicRules.all().stream().map(rule -> Rule.parse(rule.name(), rule.sql())).toList());
    ShadowService shadows = new ShadowService(data.shadows(), settings.clock());
    try {
      Broker broker =
          started(
              Broker.start(
                  new BrokerSettings(
                      settings.host(),
                      settings.mqttPort(),
                      data.broker(),
                      data.serverPem(),
                      authority.certificateFile()),
                  new ThingRegistry(data.things()),
                  policy,
                  started -> new FrontDoor(started, rules, shadows, queue, settings.clock())));
      mqttPort = broker.port();
    } catch (BindException e) {
      throw taken(settings.mqttPort(), "--mqtt-port", e);
    }
  }

  private FeedServer startFeed(CloudStore store, AcknowledgementFault fault) throws IOException {
    try {
      return started(
          FeedServer.start(
              FeedServer.address(settings.host(), settings.feedPort()),
              store.feed(),
              () -> "{\"status\":\"up\"}",
              settings.allowFaults() ? Optional.of(fault::arm) : Optional.empty()));
    } catch (BindException e) {
      throw taken(settings.feedPort(), "--feed-port", e);
    }
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
