package io.gympulse.bench.hostile;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.codec.HeartbeatCodec;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.contract.message.Heartbeat;
import io.gympulse.contract.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Attacks with valid messages that are more expensive for the cloud than for the sender.
final class MessageAttacks {
  private static final int DENSE = 20;
  private static final int INVENTED = 200;
  private static final Instant ANCIENT = Instant.parse("1980-01-01T00:00:00Z");

  private final StolenCertificate certificate;
  private final MachineId machine;
  private final InstantSource clock;

  /// @param machine one of the stolen gateway's own
  MessageAttacks(StolenCertificate certificate, MachineId machine, InstantSource clock) {
    this.certificate = certificate;
    this.machine = machine;
    this.clock = clock;
  }

  /// Full batches, many more than a gym has events.
  Attack denseBatches() {
    return new Attack("dense batches", 200, this::dense);
  }

  /// A new outbox id for each event.
  Attack inventedOutboxes() {
    return new Attack("invented outboxes", 200, this::invented);
  }

  /// An event of 1980, and a heartbeat that claims coverage up to now.
  Attack ancientEvents() {
    return new Attack("events of 1980 and coverage up to now", 1_000, this::ancient);
  }

  private void dense(Runnable onEffect) throws Exception {
    OutboxId outbox = new OutboxId(UUID.randomUUID());
    Mqtt5AsyncClient client = certificate.connect();
    try {
      for (int i = 0; i < DENSE; i++) {
        send(
            client,
            batch(
                outbox,
                BatchKind.BACKLOG,
                1 + (long) i * BatchCodec.MAX_EVENTS,
                BatchCodec.MAX_EVENTS));
        onEffect.run();
      }
    } finally {
      client.disconnect().get(20, TimeUnit.SECONDS);
    }
  }

  private void invented(Runnable onEffect) throws Exception {
    Mqtt5AsyncClient client = certificate.connect();
    try {
      for (int i = 0; i < INVENTED; i++) {
        send(client, batch(new OutboxId(UUID.randomUUID()), BatchKind.LIVE, 1, 1));
        onEffect.run();
      }
    } finally {
      client.disconnect().get(20, TimeUnit.SECONDS);
    }
  }

  private void ancient(Runnable onEffect) throws Exception {
    OutboxId outbox = new OutboxId(UUID.randomUUID());
    Instant now = clock.instant();
    EventBatch old =
        new EventBatch(
            certificate.address(),
            outbox,
            BatchKind.BACKLOG,
            now,
            Optional.empty(),
            List.of(event(1, ANCIENT)));
    Heartbeat heartbeat =
        new Heartbeat(certificate.address(), now, Optional.of(now), 0, Optional.of(outbox));
    Mqtt5AsyncClient client = certificate.connect();
    try {
      send(client, old);
      publish(client, Topics.heartbeat(certificate.address()), HeartbeatCodec.encode(heartbeat));
      onEffect.run();
    } finally {
      client.disconnect().get(20, TimeUnit.SECONDS);
    }
  }

  private EventBatch batch(OutboxId outbox, BatchKind kind, long first, int events) {
    Instant now = clock.instant();
    Instant start = now.minus(Duration.ofMillis(events));
    return new EventBatch(
        certificate.address(),
        outbox,
        kind,
        now,
        Optional.empty(),
        IntStream.range(0, events)
            .mapToObj(it -> event(first + it, start.plusMillis(it)))
            .toList());
  }

  private MachineEvent event(long seq, Instant at) {
    MachineStatus status = seq % 2 == 0 ? MachineStatus.FREE : MachineStatus.OCCUPIED;
    return new MachineEvent(
        new Sequence(seq), machine, status, Optional.empty(), at, TimeQuality.SYNCED);
  }

  private void send(Mqtt5AsyncClient client, EventBatch batch) throws Exception {
    publish(client, Topics.batches(certificate.address()), BatchCodec.encode(batch));
  }

  private static void publish(Mqtt5AsyncClient client, String topic, byte[] body) throws Exception {
    var _ =
        client
            .publishWith()
            .topic(topic)
            .qos(MqttQos.AT_LEAST_ONCE)
            .payload(body)
            .send()
            .get(20, TimeUnit.SECONDS);
  }
}
