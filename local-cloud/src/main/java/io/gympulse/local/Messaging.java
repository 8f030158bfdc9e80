package io.gympulse.local;

import io.gympulse.cloud.ingest.IngestCounters;
import io.gympulse.cloud.ingest.IngestHandler;
import io.gympulse.cloud.ingest.OutboxConflicts;
import io.gympulse.cloud.ingest.QuotaObserver;
import io.gympulse.cloud.ingest.QuotaRefusals;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import io.gympulse.contract.topic.TopicRules;
import io.gympulse.local.broker.Broker;
import io.gympulse.local.broker.BrokerSettings;
import io.gympulse.local.broker.Policies;
import io.gympulse.local.pki.CertificateAuthority;
import io.gympulse.local.pki.ServerIdentity;
import io.gympulse.local.pki.ServerNames;
import io.gympulse.local.queue.DeadLetters;
import io.gympulse.local.queue.QueueSettings;
import io.gympulse.local.queue.StandardQueue;
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

/// The composition of a device message's way: broker -> rules -> queue -> ingest, and shadows.
final class Messaging implements AutoCloseable {

  private static final String REGION = "local";
  private static final String ACCOUNT = "000000000000";

  private final Broker broker;
  private final Optional<AcknowledgementHold> hold;
  private final StandardQueue queue;
  private final FrontDoor door;
  private final IngestCounters counters = new IngestCounters();

  /// Where what operators should know is reported.
  ///
  /// @param quotas gateways that send too much
  /// @param conflicts gateways that send events of a copied outbox
  record Reports(QuotaObserver quotas, OutboxConflicts conflicts) {}

  private Messaging(
      CloudSettings settings,
      Broker broker,
      SqliteCloudStore store,
      DeadLetters deadLetters,
      AcknowledgementFault fault,
      Reports reports) {
    ProcessClock clock = settings.clock();
    BackToDevices publisher = new BackToDevices(broker, fault);
    this.broker = broker;
    this.hold =
        settings.acknowledgeWithin().isZero()
            ? Optional.empty()
            : Optional.of(AcknowledgementHold.start(settings, publisher, counters));
    IngestHandler atOnce =
        new IngestHandler(store, publisher, settings.offlineAfter(), counters)
            .measuring(store.metricPoints())
            .watched(reports.quotas())
            .reporting(reports.conflicts());
    IngestHandler ingest = hold.map(it -> atOnce.holding(it.held())).orElse(atOnce);
    this.queue = new StandardQueue(QueueSettings.standard("ingest"), ingest, deadLetters, clock);
    RuleEngine rules =
        new RuleEngine(
            TopicRules.all().stream().map(rule -> Rule.parse(rule.name(), rule.sql())).toList());
    ShadowService shadows = new ShadowService(settings.data().shadows(), clock);
    this.door =
        new FrontDoor(
            broker,
            rules,
            shadows,
            new FrontDoor.Ingest(queue, new QuotaRefusals(publisher, counters, reports.quotas())),
            clock);
  }

  /// Starts it; stops what was started if something cannot.
  ///
  /// @throws IOException if the port is taken or the data directory cannot be used
  static Messaging start(
      CloudSettings settings,
      SqliteCloudStore store,
      DeadLetters deadLetters,
      AcknowledgementFault fault,
      Reports reports)
      throws IOException {
    Messaging messaging =
        new Messaging(settings, broker(settings), store, deadLetters, fault, reports);
    try {
      messaging.broker.start(messaging.door);
      return messaging;
    } catch (BindException e) {
      messaging.close();
      throw settings.taken(settings.mqttPort(), "--mqtt-port", e);
    } catch (IOException | RuntimeException e) {
      messaging.close();
      throw e;
    }
  }

  private static Broker broker(CloudSettings settings) throws IOException {
    DataFolder data = settings.data();
    // Certificates are checked against real time, whatever clock this process runs on.
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
    return new Broker(
        brokerSettings, new ThingRegistry(data.things()), new Policies(REGION, ACCOUNT));
  }

  /// Why no device can be served until the process is started anew; empty if the broker runs.
  Optional<String> brokerStopped() {
    return broker.stopped();
  }

  /// Why devices cannot connect now; empty if they can.
  Optional<String> brokerUnreachable() {
    return broker.unreachable();
  }

  int port() {
    return broker.port();
  }

  /// @param parts what else is told of
  Health health(List<Health.Part> parts, Vitals vitals) {
    List<Health.Part> all = new ArrayList<>(parts);
    all.addFirst(new Health.Part("broker", broker::health));
    return new Health(door, queue, counters, List.copyOf(all), vitals);
  }

  /// The queue ends before what it holds is told, and the broker, which carries that, last.
  @Override
  public void close() {
    queue.close();
    hold.ifPresent(AcknowledgementHold::close);
    broker.close();
  }
}
