package io.gympulse.local;

import io.gympulse.cloud.incident.OutboxConflictReports;
import io.gympulse.cloud.presence.PresenceSweep;
import io.gympulse.cloud.redrive.DeadLetterQueues;
import io.gympulse.cloud.state.event.Retention;
import io.gympulse.cloud.state.sqlite.SqliteCloudStore;
import io.gympulse.cloud.state.store.CloudStore;
import io.gympulse.contract.file.ProcessLock;
import io.gympulse.local.feed.FeedServer;
import io.gympulse.local.http.HttpDoor;
import io.gympulse.local.operator.OperatorPages;
import io.gympulse.local.queue.DeadLetters;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The composition: messaging -> store -> feed, with alerting, device reports and schedules.
final class RunningCloud implements AutoCloseable {

  private static final Duration FLOOR_PLAN_PAUSE = Duration.ofSeconds(2);
  private static final int SWEEPS_PER_SILENCE = 20;

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
    Files.createDirectories(data.root());
    parts.started(locked());
    SqliteCloudStore store =
        parts.started(SqliteCloudStore.open(data.database(), Retention.by(settings.clock())));
    startFloorPlans(store);
    startSweep(store);
    parts.started(ExpirySchedule.start(store.expiry(), settings.clock()));
    DevicePipeline pipeline = parts.started(DevicePipeline.start(data, store, settings.clock()));
    Alerting alerting = startAlerting(store);
    AggregateSchedule aggregates = parts.started(AggregateSchedule.start(store, settings.clock()));
    DeadLetters deadLetters = new DeadLetters(data.deadLetters(), settings.clock());
    Messaging messaging =
        parts.started(Messaging.start(settings, store, deadLetters, conflictReports(store), fault));
    mqttPort = messaging.port();
    Health health =
        messaging.health(
            List.of(
                new Health.Part("devicePipeline", pipeline::health),
                new Health.Part("aggregates", aggregates::health),
                new Health.Part("alerting", alerting::health)));
    try {
      FeedServer feed =
          parts.started(
              FeedServer.start(
                  FeedServer.address(settings.host(), settings.feedPort()),
                  store.feed(),
                  health::json,
                  settings.allowFaults() ? Optional.of(fault::arm) : Optional.empty()));
      feed.serve("/", new HttpDoor(pipeline.routes(), settings.clock()));
      new OperatorPages(
              store.unregistered(),
              new DeadLetterQueues(List.of(deadLetters, pipeline.deadLetters())))
          .byPath()
          .forEach(feed::serve);
      feedPort = feed.port();
    } catch (BindException e) {
      throw settings.taken(settings.feedPort(), "--feed-port", e);
    }
  }

  private void startFloorPlans(CloudStore store) throws IOException {
    List<Path> folders = new ArrayList<>(List.of(settings.data().floorPlans()));
    settings.floorPlans().ifPresent(folders::add);
    FloorPlanFolders floorPlans = new FloorPlanFolders(folders, store.floorPlans());
    floorPlans.register();
    parts.started(new Repeating("floor-plans", FLOOR_PLAN_PAUSE, floorPlans::register));
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
