package io.gympulse.edge.sensing.mqtt;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.ReadingSource;
import io.gympulse.edge.sensing.SensorInput;
import io.gympulse.edge.sensing.SensorStats;
import io.gympulse.edge.sensing.SourceStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.crt.io.TlsContext;
import software.amazon.awssdk.crt.io.TlsContextOptions;
import software.amazon.awssdk.crt.mqtt5.Mqtt5Client;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.ClientSessionBehavior;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.LifecycleEvents;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.Mqtt5ClientOptionsBuilder;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.PublishEvents;
import software.amazon.awssdk.crt.mqtt5.packets.ConnectPacket.ConnectPacketBuilder;
import software.amazon.awssdk.crt.mqtt5.packets.PublishPacket;

/// Sensors that publish to the gym's own broker, which keeps no session for this client.
///
/// An unreachable broker is retried after 1 s, then less often, at least every 10 s; a topic that
/// it refuses, every 5 s. A malformed payload is logged, at most once in 10 s. Sensors whose device
/// is reported as unavailable remain so until their next reading or until it is reported as
/// available.
public final class MqttReadingSource implements ReadingSource {
  private static final Logger LOG = LoggerFactory.getLogger(MqttReadingSource.class);
  private static final long RESUBSCRIBE_SECONDS = 5;

  private final LanBrokerConfig broker;
  private final String clientId;
  private final MessageRouter router;
  private final List<String> filters;
  private final SourceStatus.Holder status;
  private Optional<BrokerSubscription> subscription = Optional.empty();
  private Optional<Mqtt5Client> client = Optional.empty();

  /// @param clientId MQTT client id of this gateway; no other client may use it
  /// @param sensors those whose source is not MQTT are ignored
  /// @param clock the gateway's timeline, to which readings are dated
  /// @param wall the wall time of a moment on the timeline, while the wall clock is synchronised;
  ///     sensors' timestamps are wall times
  public MqttReadingSource(
      LanBrokerConfig broker,
      String clientId,
      Collection<Sensor> sensors,
      InstantSource clock,
      Function<Instant, Optional<Instant>> wall) {
    this.broker = broker;
    this.clientId = clientId;
    this.router = new MessageRouter(sensors, clock, wall);
    this.filters = router.filters();
    this.status = new SourceStatus.Holder(router.sensors(), clock);
  }

  @Override
  public Set<SensorId> sensors() {
    return router.sensors();
  }

  @Override
  public SourceStatus status() {
    return status.get();
  }

  @Override
  public Map<SensorId, SensorStats> stats() {
    return router.stats();
  }

  @Override
  public synchronized void start(Consumer<SensorInput> receiver) {
    BrokerSubscription started =
        new BrokerSubscription(
            filters,
            it -> statusChanged(it, receiver),
            CompletableFuture.delayedExecutor(RESUBSCRIBE_SECONDS, TimeUnit.SECONDS));
    subscription = Optional.of(started);
    Mqtt5Client connecting =
        newClient(broker, clientId, started, (_, it) -> received(it.getPublishPacket(), receiver));
    client = Optional.of(connecting);
    connecting.start();
  }

  private static Mqtt5Client newClient(
      LanBrokerConfig broker, String clientId, LifecycleEvents lifecycle, PublishEvents publishes) {
    ConnectPacketBuilder connect =
        new ConnectPacketBuilder().withClientId(clientId).withKeepAliveIntervalSeconds(15L);
    broker
        .login()
        .ifPresent(it -> connect.withUsername(it.username()).withPassword(it.passwordBytes()));
    Mqtt5ClientOptionsBuilder options =
        new Mqtt5ClientOptionsBuilder(broker.host(), (long) broker.port())
            .withConnectOptions(connect.build())
            .withSessionBehavior(ClientSessionBehavior.CLEAN)
            .withMinReconnectDelayMs(1_000L)
            .withMaxReconnectDelayMs(10_000L)
            .withConnackTimeoutMs(5_000L)
            .withPingTimeoutMs(5_000L)
            .withLifecycleEvents(lifecycle)
            .withPublishEvents(publishes);
    Optional<Path> ca = broker.caFile();
    if (ca.isEmpty()) {
      return new Mqtt5Client(options.build());
    }
    // The client holds its own reference to the context.
    try (TlsContextOptions trust = TlsContextOptions.createDefaultClient()) {
      trust.withCertificateAuthorityFromPath(null, ca.get().toString());
      try (TlsContext context = new TlsContext(trust)) {
        return new Mqtt5Client(options.withTlsContext(context).build());
      }
    }
  }

  private void statusChanged(SourceStatus next, Consumer<SensorInput> receiver) {
    if (next instanceof SourceStatus.Failing) {
      router.disconnected();
    }
    if (!status.update(next, receiver)) {
      return;
    }
    switch (next) {
      case SourceStatus.Failing it -> LOG.warn("LAN broker {}: {}", broker, it.reason());
      case SourceStatus.Running _ -> {
        LOG.info("LAN broker {}: subscribed to {} topic filters", broker, filters.size());
        router.reportUnavailable(receiver);
      }
      case SourceStatus.Starting _ -> LOG.info("LAN broker {}: connecting", broker);
    }
  }

  private void received(PublishPacket packet, Consumer<SensorInput> receiver) {
    byte[] payload = packet.getPayload();
    router.received(
        packet.getTopic(),
        payload == null ? new byte[0] : payload,
        Boolean.TRUE.equals(packet.getRetain()),
        receiver);
  }

  @Override
  public synchronized void close() {
    subscription.ifPresent(BrokerSubscription::end);
    client.ifPresent(
        it -> {
          it.stop();
          it.close();
        });
    client = Optional.empty();
  }
}
