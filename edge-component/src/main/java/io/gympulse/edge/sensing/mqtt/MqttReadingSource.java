package io.gympulse.edge.sensing.mqtt;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.ReadingSource;
import io.gympulse.edge.sensing.ReportedStatus;
import io.gympulse.edge.sensing.SourceReport;
import io.gympulse.edge.sensing.SourceStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.crt.mqtt5.Mqtt5Client;
import software.amazon.awssdk.crt.mqtt5.packets.PublishPacket;

/// Sensors that publish to the gym's own broker.
///
/// While the broker is away it is tried again after 1 s and then less often, at least each 10 s; a
/// topic it refuses, each 5 s. A payload that cannot be read is counted, and logged at most once
/// in 10 s. Sensors whose device is said to be away are unavailable until they are read again.
public final class MqttReadingSource implements ReadingSource {
  private static final Logger LOG = LoggerFactory.getLogger(MqttReadingSource.class);
  private static final long RESUBSCRIBE_SECONDS = 5;

  private final LanBrokerConfig broker;
  private final String clientId;
  private final LanInbox inbox;
  private final List<String> filters;
  private final ReportedStatus status = new ReportedStatus();
  private Optional<LanLink> link = Optional.empty();
  private Optional<Mqtt5Client> client = Optional.empty();

  /// @param clientId how this gateway calls itself at the broker; no other client may use it
  /// @param sensors those whose source is MQTT are watched
  /// @param clock the gateway's time line, on which readings are told
  /// @param wall what the wall clock shows at a moment of it, if it is right: sensors that tell the
  ///     time tell that of the wall
  public MqttReadingSource(
      LanBrokerConfig broker,
      String clientId,
      Collection<Sensor> sensors,
      InstantSource clock,
      Function<Instant, Optional<Instant>> wall) {
    this.broker = broker;
    this.clientId = clientId;
    this.inbox = new LanInbox(sensors, clock, wall);
    this.filters = inbox.filters();
  }

  @Override
  public Set<SensorId> sensors() {
    return inbox.sensors();
  }

  @Override
  public SourceStatus status() {
    return status.get();
  }

  /// What is known of each sensor since the start.
  public SourceReport report() {
    return new SourceReport(status(), inbox.report());
  }

  @Override
  public synchronized void start(ReadingSource.Listener listener) {
    LanLink started =
        new LanLink(
            filters,
            it -> report(it, listener),
            CompletableFuture.delayedExecutor(RESUBSCRIBE_SECONDS, TimeUnit.SECONDS));
    link = Optional.of(started);
    Mqtt5Client connecting =
        LanClients.create(
            broker, clientId, started, (_, it) -> received(it.getPublishPacket(), listener));
    client = Optional.of(connecting);
    connecting.start();
  }

  private void report(SourceStatus changed, ReadingSource.Listener listener) {
    if (changed instanceof SourceStatus.Failing) {
      inbox.cutOff();
    }
    if (!status.change(changed, listener)) {
      return;
    }
    switch (changed) {
      case SourceStatus.Failing it -> LOG.warn("sensors' broker {}: {}", broker, it.reason());
      case SourceStatus.Running _ -> {
        LOG.info("sensors' broker {}: {} topics", broker, filters.size());
        inbox.tellAbsences(listener);
      }
      case SourceStatus.Starting _ -> LOG.info("sensors' broker {}: connecting", broker);
    }
  }

  private void received(PublishPacket packet, ReadingSource.Listener listener) {
    byte[] payload = packet.getPayload();
    inbox.received(
        packet.getTopic(),
        payload == null ? new byte[0] : payload,
        Boolean.TRUE.equals(packet.getRetain()),
        listener);
  }

  @Override
  public synchronized void close() {
    link.ifPresent(LanLink::ended);
    client.ifPresent(
        it -> {
          it.stop();
          it.close();
        });
    client = Optional.empty();
  }
}
