package io.gympulse.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gympulse.contract.codec.DecodeResult;
import io.gympulse.contract.codec.HeartbeatCodec;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.Heartbeat;
import io.gympulse.contract.topic.Topics;
import io.gympulse.edge.configuration.GatewayConfiguration;
import io.gympulse.edge.configuration.GatewayConfiguration.ClockTrust;
import io.gympulse.edge.configuration.GatewayConfiguration.Timing;
import io.gympulse.edge.outbox.InMemoryOutbox;
import io.gympulse.edge.outbox.Occurrence;
import io.gympulse.edge.outbox.Outbox.State;
import io.gympulse.edge.outbox.OutboxSettings.Limits;
import io.gympulse.edge.time.GatewayTime;
import io.gympulse.edge.time.MachineClocks;
import io.gympulse.edge.uplink.InMemoryUplink;
import io.gympulse.edge.uplink.UplinkSettings;
import io.gympulse.edge.uplink.UplinkSettings.TopicMode;
import io.gympulse.process.ProcessClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunningGatewayTest {
  private static final GatewayAddress ADDRESS =
      new GatewayAddress(new GymId("g"), new GatewayId("gw"));
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Path NONE = Path.of("none.pem");

  private final InMemoryOutbox outbox = new InMemoryOutbox();
  private final GatewayTime time = new GatewayTime(MachineClocks.ofProcess());
  private final InMemoryUplink uplink = new InMemoryUplink();

  @Test
  void covered_time_never_passes_the_last_alive_mark() {
    try (RunningGateway gateway =
        new RunningGateway(
            configuration(), outbox, uplink, Optional.empty(), time, ProcessClock.real())) {
      gateway.start();
      uplink.connect();
      await().until(() -> coveredTimes().size() >= 3);
      assertThat(coveredTimes())
          .allSatisfy(
              it ->
                  assertThat(it)
                      .isBeforeOrEqualTo(
                          outbox.lastAlive().orElseThrow().wall().orElseThrow().at()));
    }
  }

  @Test
  void a_full_outbox_does_not_prevent_the_gateway_from_sending_what_waits() {
    InMemoryOutbox full = new InMemoryOutbox(new Limits(3, 2));
    for (int i = 1; i <= 3; i++) {
      full.append(
              new Occurrence(
                  new MachineId("m-" + i),
                  MachineStatus.FREE,
                  Optional.empty(),
                  time.stamp(time.instant())))
          .join();
    }
    full.reserve(new Sequence(3)).join();
    try (RunningGateway gateway =
        new RunningGateway(
            configuration(), full, uplink, Optional.empty(), time, ProcessClock.real())) {
      assertThat(full.state()).isInstanceOf(State.Full.class);
      gateway.start();
      uplink.connect();
      await()
          .until(
              () ->
                  uplink.published().stream()
                      .anyMatch(it -> it.topic().equals(Topics.batches(ADDRESS))));
    }
  }

  @Test
  void health_is_reported_to_the_gateways_shadow() {
    ProcessClock fast = ProcessClock.parse(ProcessClock.argument(START, START, 100));
    try (RunningGateway gateway =
        new RunningGateway(configuration(), outbox, uplink, Optional.empty(), time, fast)) {
      gateway.start();
      uplink.connect();
      String topic = Topics.healthUpdate(ADDRESS.gateway());
      await().until(() -> uplink.published().stream().anyMatch(it -> it.topic().equals(topic)));
      assertThat(uplink.published())
          .filteredOn(it -> it.topic().equals(topic))
          .first()
          .extracting(InMemoryUplink.Published::body)
          .asString()
          .startsWith("{\"state\":{\"reported\":{\"version\":1,")
          .contains("\"connections\":1,", "\"boots\":1,", "\"clockSynchronised\":true,");
    }
  }

  private List<Instant> coveredTimes() {
    return uplink.published().stream()
        .filter(it -> it.topic().equals(Topics.heartbeat(ADDRESS)))
        .map(it -> HeartbeatCodec.decode(it.body().getBytes(StandardCharsets.UTF_8)))
        .flatMap(
            it ->
                it instanceof DecodeResult.Valid<Heartbeat>(Heartbeat beat)
                    ? beat.coveredTo().stream()
                    : Optional.<Instant>empty().stream())
        .toList();
  }

  private GatewayConfiguration configuration() {
    return new GatewayConfiguration(
        ADDRESS,
        List.of(),
        Optional.empty(),
        Path.of("unused"),
        Optional.empty(),
        new UplinkSettings.Direct("127.0.0.1", 8883, NONE, NONE, NONE, TopicMode.PLAIN),
        new Timing(
            Duration.ofMillis(50),
            Duration.ofSeconds(30),
            Duration.ofHours(3),
            ClockTrust.TRUSTED));
  }
}
