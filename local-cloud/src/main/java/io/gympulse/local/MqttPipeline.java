package io.gympulse.local;

import io.gympulse.cloud.core.gateway.DevicePublisher;
import io.gympulse.cloud.core.queue.WorkSource.QueueSettings;
import io.gympulse.cloud.ingest.HealthObserver;
import io.gympulse.cloud.ingest.IngestCounters;
import io.gympulse.cloud.ingest.IngestHandler;
import io.gympulse.cloud.ingest.OutboxConflictObserver;
import io.gympulse.cloud.ingest.OverQuotaResponder;
import io.gympulse.cloud.ingest.QuotaObserver;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import io.gympulse.contract.topic.TopicRule;
import io.gympulse.local.broker.Broker;
import io.gympulse.local.broker.BrokerSettings;
import io.gympulse.local.pki.CertificateAuthority;
import io.gympulse.local.pki.ServerIdentity;
import io.gympulse.local.pki.ServerNames;
import io.gympulse.local.queue.DeadLetterFile;
import io.gympulse.local.queue.EventSourceMapping;
import io.gympulse.local.queue.FairWorkQueue;
import io.gympulse.local.rules.Rule;
import io.gympulse.local.rules.RuleEngine;
import io.gympulse.local.shadow.ShadowService;
import io.gympulse.local.things.ThingRegistry;
import io.gympulse.process.ProcessClock;
import java.io.IOException;
import java.net.BindException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The composition of MQTT messaging: broker -> rules -> queue -> ingest, shadows, and feed ->
/// topics of updates.
final class MqttPipeline implements AutoCloseable {

  private final Broker broker;
  private final Optional<AckFlushSchedule> ackFlush;
  private final FairWorkQueue queue;
  private final EventSourceMapping mapping;
  private final IotRouter router;
  private final IngestCounters counters = new IngestCounters();
  private final BrokerPublisher publisher;
  private Optional<UpdatePublishing> updates = Optional.empty();

  /// Receivers of reports to operators.
  ///
  /// @param quotas of gateways that exceed their quota
  /// @param conflicts of gateways that send events of a copied outbox
  /// @param healths of gateways that report problems of their machines
  record Reports(QuotaObserver quotas, OutboxConflictObserver conflicts, HealthObserver healths) {}

  private MqttPipeline(
      CloudSettings settings,
      Broker broker,
      SqliteCloudStore store,
      DeadLetterFile deadLetters,
      BrokerPublisher.HaltBeforeAck fault,
      Reports reports) {
    ProcessClock clock = settings.clock();
    this.publisher = new BrokerPublisher(broker, fault);
    this.broker = broker;
    this.ackFlush =
        settings.acknowledgeWithin().isZero()
            ? Optional.empty()
            : Optional.of(AckFlushSchedule.start(settings, publisher, counters));
    IngestHandler atOnce =
        new IngestHandler(store, publisher, settings.offlineAfter(), counters)
            .withMetrics(store.metricPoints())
            .withQuotaObserver(reports.quotas())
            .withConflictObserver(reports.conflicts())
            .withHealthObserver(reports.healths());
    IngestHandler ingest = ackFlush.map(it -> atOnce.withCoalescing(it.held())).orElse(atOnce);
    QueueSettings queueSettings = QueueSettings.standard("ingest");
    this.queue =
        new FairWorkQueue(queueSettings, FairWorkQueue.Limits.STANDARD, deadLetters, clock);
    this.mapping = new EventSourceMapping(queueSettings, queue, ingest, clock);
    RuleEngine rules =
        new RuleEngine(
            TopicRule.all().stream().map(rule -> Rule.parse(rule.name(), rule.sql())).toList());
    ShadowService shadows = new ShadowService(settings.data().shadows(), clock);
    this.router =
        new IotRouter(
            broker,
            rules,
            shadows,
            new IotRouter.Ingest(
                queue, new OverQuotaResponder(publisher, counters, reports.quotas())),
            clock);
  }

  /// Starts all; stops the started parts if one fails to start.
  ///
  /// @throws IOException if the port is in use or the data directory cannot be used
  static MqttPipeline start(
      CloudSettings settings,
      SqliteCloudStore store,
      DeadLetterFile deadLetters,
      BrokerPublisher.HaltBeforeAck fault,
      Reports reports)
      throws IOException {
    MqttPipeline pipeline =
        new MqttPipeline(settings, broker(settings), store, deadLetters, fault, reports);
    try {
      pipeline.broker.start(pipeline.router);
      pipeline.updates =
          Optional.of(UpdatePublishing.start(store.feed(), pipeline.publisher, settings.clock()));
      return pipeline;
    } catch (BindException e) {
      pipeline.close();
      throw settings.portInUse(settings.mqttPort(), "--mqtt-port", e);
    } catch (IOException | RuntimeException e) {
      pipeline.close();
      throw e;
    }
  }

  private static Broker broker(CloudSettings settings) throws IOException {
    DataFolder data = settings.data();
    // Certificates are checked against real time, also if this process has a scaled clock.
    Instant now = ProcessClock.real().instant();
    CertificateAuthority authority = CertificateAuthority.open(data.authority(), now);
    ServerNames names = ServerNames.of(settings.host(), settings.names());
    ServerIdentity.ensure(authority, names, data.serverPem(), now);
    BrokerSettings brokerSettings =
        new BrokerSettings(
            settings.host(),
            settings.mqttPort(),
            data.broker(),
            data.serverPem(),
            authority.certificateFile(),
            data.contacts(),
            settings.clock().rate());
    return new Broker(brokerSettings, new ThingRegistry(data.things()), ProcessClock.real());
  }

  /// Why the broker has stopped until the process restarts; empty if it runs.
  Optional<String> brokerStopped() {
    return broker.stopped();
  }

  /// Why devices cannot connect; empty if they can.
  Optional<String> brokerUnreachable() {
    return broker.unreachable();
  }

  /// Publishes to subscribers; policies do not apply.
  DevicePublisher publisher() {
    return publisher;
  }

  int port() {
    return broker.port();
  }

  /// @param components other components to include
  HealthEndpoint health(List<HealthEndpoint.Component> components, HealthChecks checks) {
    List<HealthEndpoint.Component> all = new ArrayList<>(components);
    all.addFirst(new HealthEndpoint.Component("broker", broker::health));
    return new HealthEndpoint(router, queue, counters, List.copyOf(all), checks);
  }

  /// Closes the queue first, so that the held acknowledgements are complete, and the broker, which
  /// publishes them, last.
  @Override
  public void close() {
    queue.close();
    mapping.close();
    updates.ifPresent(UpdatePublishing::close);
    ackFlush.ifPresent(AckFlushSchedule::close);
    broker.close();
  }
}
