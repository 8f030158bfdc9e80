package io.gympulse.edge.sensing.mqtt;

import io.gympulse.contract.floorplan.SensorSource.Mqtt;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.Complaints;
import io.gympulse.edge.sensing.ReportedStatus;
import io.gympulse.edge.sensing.SensorListener;
import io.gympulse.edge.sensing.SensorReading;
import io.gympulse.edge.sensing.SensorSource;
import io.gympulse.edge.sensing.SourceStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.crt.mqtt5.Mqtt5Client;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.ClientSessionBehavior;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.Mqtt5ClientOptionsBuilder;
import software.amazon.awssdk.crt.mqtt5.packets.ConnectPacket.ConnectPacketBuilder;
import software.amazon.awssdk.crt.mqtt5.packets.PublishPacket;

/// Sensors that publish to the gym's own broker, over plain TCP.
///
/// While the broker is away it is tried again after 1 s and then less often, at least each 10 s; a
/// topic it refuses, each 5 s. A payload that cannot be read is counted, and logged at most once
/// in 10 s.
public final class MqttSensorSource implements SensorSource {
  private static final Logger LOG = LoggerFactory.getLogger(MqttSensorSource.class);
  private static final long RESUBSCRIBE_SECONDS = 5;

  private final LanBroker broker;
  private final String clientId;
  private final Map<SensorId, Mqtt> sensors;
  private final Map<String, List<SensorId>> byTopic;
  private final InstantSource clock;
  private final ReportedStatus status = new ReportedStatus();
  private final Complaints malformed;
  private Optional<LanLink> link = Optional.empty();
  private Optional<Mqtt5Client> client = Optional.empty();

  /// @param clientId how this gateway calls itself at the broker; no other client may use it
  public MqttSensorSource(
      LanBroker broker, String clientId, Map<SensorId, Mqtt> sensors, InstantSource clock) {
    this.broker = broker;
    this.clientId = clientId;
    this.sensors = Map.copyOf(sensors);
    this.byTopic =
        sensors.entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    it -> it.getValue().topic(),
                    Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
    this.clock = clock;
    this.malformed = new Complaints(clock, Duration.ofSeconds(10));
  }

  @Override
  public Set<SensorId> sensors() {
    return sensors.keySet();
  }

  @Override
  public SourceStatus status() {
    return status.get();
  }

  /// Payloads that could not be read, since the start.
  public long malformed() {
    return malformed.count();
  }

  @Override
  public synchronized void start(SensorListener listener) {
    LanLink started =
        new LanLink(
            byTopic.keySet(),
            it -> report(it, listener),
            CompletableFuture.delayedExecutor(RESUBSCRIBE_SECONDS, TimeUnit.SECONDS));
    link = Optional.of(started);
    Mqtt5ClientOptionsBuilder options =
        new Mqtt5ClientOptionsBuilder(broker.host(), (long) broker.port())
            .withConnectOptions(
                new ConnectPacketBuilder()
                    .withClientId(clientId)
                    .withKeepAliveIntervalSeconds(15L)
                    .build())
            .withSessionBehavior(ClientSessionBehavior.CLEAN)
            .withMinReconnectDelayMs(1_000L)
            .withMaxReconnectDelayMs(10_000L)
            .withConnackTimeoutMs(5_000L)
            .withPingTimeoutMs(5_000L)
            .withLifecycleEvents(started)
            .withPublishEvents((_, it) -> received(it.getPublishPacket(), listener));
    Mqtt5Client connecting = new Mqtt5Client(options.build());
    client = Optional.of(connecting);
    connecting.start();
  }

  private void report(SourceStatus changed, SensorListener listener) {
    if (!status.change(changed, listener)) {
      return;
    }
    switch (changed) {
      case SourceStatus.Failing it -> LOG.warn("sensors' broker {}: {}", broker, it.reason());
      case SourceStatus.Running _ ->
          LOG.info("sensors' broker {}: {} topics", broker, byTopic.size());
      case SourceStatus.Starting _ -> LOG.info("sensors' broker {}: connecting", broker);
    }
  }

  private void received(PublishPacket packet, SensorListener listener) {
    Instant at = clock.instant();
    for (SensorId sensor : byTopic.getOrDefault(packet.getTopic(), List.of())) {
      Mqtt source = sensors.get(sensor);
      if (source != null) {
        switch (PayloadReader.read(source, packet.getPayload())) {
          case Payload.Level it -> listener.reading(new SensorReading(sensor, it.active(), at));
          case Payload.Other _ -> LOG.trace("{} says nothing of {}", packet.getTopic(), sensor);
          case Payload.Malformed it -> complain(packet.getTopic(), it.reason());
        }
      }
    }
  }

  private void complain(String topic, String reason) {
    if (malformed.add()) {
      LOG.warn("payload on {} cannot be read: {} ({} so far)", topic, reason, malformed.count());
    }
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
