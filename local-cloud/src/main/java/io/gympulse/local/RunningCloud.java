package io.gympulse.local;

import io.gympulse.cloud.api.ApiServer;
import io.gympulse.cloud.api.config.ApiConfiguration;
import io.gympulse.cloud.api.health.DiskHealthCheck;
import io.gympulse.cloud.api.identity.TokenIssuer;
import io.gympulse.cloud.api.updates.EmbeddedUpdates;
import io.gympulse.cloud.core.gateway.DevicePublisher;
import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.incident.HealthIncidents;
import io.gympulse.cloud.incident.OutboxConflictReports;
import io.gympulse.cloud.ingest.QuotaObserver;
import io.gympulse.cloud.notify.channel.WebSocketChannel.SendResult;
import io.gympulse.cloud.presence.PresenceSweep;
import io.gympulse.cloud.redrive.DeadLetterQueues;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import io.gympulse.local.http.HttpApiEmulator;
import io.gympulse.local.http.HttpLimits;
import io.gympulse.local.http.HttpServer;
import io.gympulse.local.netty.NettyMemory;
import io.gympulse.local.operator.FloorPlanEndpoint;
import io.gympulse.local.operator.OperatorAuthentication;
import io.gympulse.local.operator.OperatorEndpoints;
import io.gympulse.local.operator.TopicsEndpoint;
import io.gympulse.local.queue.DeadLetterFile;
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
import java.util.Set;

/// The composition of the local cloud: MQTT pipeline -> store -> API, with notifications, device
/// pipeline, periodic tasks and HTTP endpoints.
final class RunningCloud implements AutoCloseable {

  private static final Duration FLOOR_PLAN_INTERVAL = Duration.ofSeconds(2);
  private static final int SWEEPS_PER_TIMEOUT = 20;

  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);
  private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(20);

  /// The exit code after a fatal health check.
  private static final int FATAL = 3;

  static {
    NettyMemory.allowUnsafe();
  }

  private final CloudSettings settings;
  private final BrokerPublisher.HaltBeforeAck fault = new BrokerPublisher.HaltBeforeAck();
  private final Closer closer = new Closer();
  private int mqttPort;
  private int httpPort;
  private int apiPort;

  private RunningCloud(CloudSettings settings) {
    this.settings = settings;
  }

  /// Starts all components; stops the started ones if one fails to start.
  ///
  /// @throws IOException if a port is in use or the data directory cannot be used; the message
  ///     names the option that changes it
  static RunningCloud start(CloudSettings settings) throws IOException {
    RunningCloud cloud = new RunningCloud(settings);
    try {
      cloud.startAll();
      return cloud;
    } catch (IOException | RuntimeException e) {
      cloud.close();
      throw e;
    }
  }

  int mqttPort() {
    return mqttPort;
  }

  int httpPort() {
    return httpPort;
  }

  int apiPort() {
    return apiPort;
  }

  @Override
  public void close() {
    closer.close();
  }

  private void startAll() throws IOException {
    DataFolder data = settings.data();
    if (Files.exists(data.root()) && !Files.isDirectory(data.root())) {
      throw new IOException(
          "--data %s is a file; give a folder, which is created if it is missing"
              .formatted(data.root()));
    }
    DurableFile.makeFolders(data.root());
    closer.register(takeLock());
    SqliteCloudStore store =
        closer.register(SqliteCloudStore.open(data.database(), settings.clock()));
    FileFloorPlanService floorPlans = startFloorPlans(store);
    startSweep(store);
    ExpirySchedule expiry = closer.register(ExpirySchedule.start(store, settings.clock()));
    DevicePipeline pipeline = closer.register(DevicePipeline.start(data, store, settings.clock()));
    ApiServer api = startApi(store);
    apiPort = api.port();
    Notifications notifications = startNotifications(store, api);
    AggregateSchedule aggregates =
        closer.register(AggregateSchedule.start(store, settings.clock()));
    closer.register(ForecastSchedule.start(store, settings.clock()));
    DeadLetterFile deadLetters = new DeadLetterFile(data.deadLetters(), settings.clock());
    MqttPipeline mqtt =
        closer.register(
            MqttPipeline.start(
                settings, store, deadLetters, fault, reports(store, notifications.quotas())));
    mqttPort = mqtt.port();
    HealthChecks checks =
        closer.register(
            HealthChecks.start(
                List.of(
                    HealthChecks.Check.of("store", store::probe),
                    HealthChecks.Check.ofFeed(store.feed()),
                    HealthChecks.Check.of("devicePipeline", pipeline::probe),
                    HealthChecks.Check.of("deadLetters", deadLetters::probe),
                    new HealthChecks.Check("brokerPort", false, mqtt::brokerUnreachable),
                    new HealthChecks.Check("broker", true, mqtt::brokerStopped)),
                CHECK_INTERVAL,
                CHECK_TIMEOUT,
                RunningCloud::halt));
    HttpServer http = startHttp();
    HealthEndpoint health =
        mqtt.health(
            List.of(
                new HealthEndpoint.Component("http", http::health),
                new HealthEndpoint.Component("devicePipeline", pipeline::health),
                new HealthEndpoint.Component("aggregates", aggregates::health),
                new HealthEndpoint.Component("alerting", notifications::health),
                new HealthEndpoint.Component("expiry", expiry::health)),
            checks);
    serve(http, store, floorPlans, pipeline, deadLetters, mqtt.publisher(), health);
  }

  private HttpServer startHttp() throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getByName(settings.host()), settings.httpPort());
    try {
      HttpServer http =
          closer.register(
              HttpServer.start(
                  address, new SiteCheck(Set.of(settings.host())), HttpLimits.STANDARD));
      httpPort = http.port();
      return http;
    } catch (BindException e) {
      throw settings.portInUse(settings.httpPort(), "--http-port", e);
    }
  }

  private void serve(
      HttpServer http,
      SqliteCloudStore store,
      FileFloorPlanService floorPlans,
      DevicePipeline pipeline,
      DeadLetterFile deadLetters,
      DevicePublisher broker,
      HealthEndpoint health)
      throws IOException {
    OperatorAuthentication operators =
        new OperatorAuthentication(SecretFile.ensure(settings.data().operatorToken()));
    new OperatorEndpoints(
            store.unregistered(),
            it -> store.floorPlans().locate(it).isPresent(),
            new DeadLetterQueues(List.of(deadLetters, pipeline.deadLetters())),
            store.expiryClock()::accept)
        .byPath()
        .forEach((path, endpoint) -> http.serve(path, operators.protect(endpoint)));
    http.serve(FloorPlanEndpoint.PATH, operators.protect(new FloorPlanEndpoint(floorPlans)));
    http.serve(TopicsEndpoint.PATH, operators.protect(new TopicsEndpoint(broker)));
    if (settings.allowFaults()) {
      http.serve("/fault/halt-before-ack", operators.protect(fault));
    }
    http.serve("/health", health);
    http.serve("/", new HttpApiEmulator(pipeline.routes(), settings.clock()));
  }

  private FileFloorPlanService startFloorPlans(CloudStore store) throws IOException {
    FileFloorPlanService floorPlans =
        new FileFloorPlanService(
            settings.data().floorPlans(), settings.floorPlans(), store.floorPlans());
    floorPlans.register();
    closer.register(new PeriodicTask("floor-plans", FLOOR_PLAN_INTERVAL, floorPlans::register));
    return floorPlans;
  }

  /// Ends the process, so that its supervisor restarts it.
  private static void halt(String reason) {
    System.err.println("error: " + reason + "; the process ends, start it again");
    Runtime.getRuntime().halt(FATAL);
  }

  private ProcessLock takeLock() throws IOException {
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
    Duration interval =
        settings.clock().toReal(settings.offlineAfter().dividedBy(SWEEPS_PER_TIMEOUT));
    closer.register(
        new PeriodicTask("presence", interval, () -> sweep.sweep(settings.clock().instant())));
  }

  private MqttPipeline.Reports reports(SqliteCloudStore store, QuotaObserver quotas)
      throws IOException {
    String secret = SecretFile.ensure(settings.data().operatorsSecret());
    List<Channel> operators = settings.notifications().operators(secret);
    return new MqttPipeline.Reports(
        quotas,
        new OutboxConflictReports(store.incidents(), operators, settings.clock()),
        new HealthIncidents(store.incidents(), operators, settings.clock()));
  }

  private ApiServer startApi(SqliteCloudStore store) throws IOException {
    ApiConfiguration api = settings.api();
    TokenIssuer issuer =
        settings
            .identity()
            .issuer(
                api, settings.alertLimits().trustForwardedFor(), settings.data().developmentKey());
    try {
      return closer.register(
          ApiServer.start(
              new ApiServer.Services(
                  store.queries(),
                  store.alerts(),
                  new EmbeddedUpdates(store.feed(), settings.clock()),
                  issuer,
                  List.of(new DiskHealthCheck(settings.data().database()))),
              api,
              settings.alertLimits()));
    } catch (BindException e) {
      if (String.valueOf(e.getMessage()).contains("in use")) {
        throw CloudSettings.portInUse(api.host(), api.port(), "--api-port", e);
      }
      throw new IOException(
          "cannot serve the page on %s: %s; see --api-host".formatted(api.host(), e.getMessage()),
          e);
    }
  }

  private Notifications startNotifications(SqliteCloudStore store, ApiServer api)
      throws IOException {
    DataFolder data = settings.data();
    NotificationSettings notifications = settings.notifications();
    String secret = SecretFile.ensure(data.operatorsSecret());
    DeliveryChannels channels =
        closer.register(
            new DeliveryChannels(
                (member, frame) -> new SendResult.Sent(api.send(member, frame)),
                notifications.mailFolder(),
                settings.clock()));
    return closer.register(
        Notifications.start(
            store, notifications.operators(secret), channels.channels(), settings.clock()));
  }
}
