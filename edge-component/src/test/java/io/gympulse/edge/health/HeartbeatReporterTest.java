package io.gympulse.edge.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.codec.DecodeResult;
import io.gympulse.contract.codec.HeartbeatCodec;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.Heartbeat;
import io.gympulse.edge.outbox.InMemoryOutbox;
import io.gympulse.edge.outbox.Occurrence;
import io.gympulse.edge.outbox.Outbox;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import io.gympulse.edge.uplink.InMemoryUplink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeartbeatReporterTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final GatewayAddress ADDRESS =
      new GatewayAddress(new GymId("g"), new GatewayId("gw"));

  private final Outbox outbox = new InMemoryOutbox();
  private final InMemoryUplink uplink = new InMemoryUplink();
  private final HeartbeatReporter reporter =
      new HeartbeatReporter(
          ADDRESS, outbox, uplink, () -> Optional.of(NOON), InstantSource.fixed(NOON));

  @Test
  void without_unacknowledged_events_time_is_covered_up_to_the_watermark() {
    Sequence seq = append();
    outbox.acknowledge(List.of(SeqRange.of(seq))).join();
    assertThat(beat()).isEqualTo(heartbeat(Optional.of(NOON), 0));
  }

  @Test
  void time_is_covered_up_to_the_first_event_that_waits() {
    append();
    assertThat(beat()).isEqualTo(heartbeat(Optional.of(NOON.minusMillis(1)), 1));
  }

  @Test
  void time_is_covered_up_to_the_first_event_that_is_quarantined() {
    outbox.quarantine(append(), "refused").join();
    assertThat(beat()).isEqualTo(heartbeat(Optional.of(NOON.minusMillis(1)), 0));
  }

  @Test
  void events_after_the_watermark_change_nothing() {
    append(NOON.plusSeconds(1));
    assertThat(beat()).isEqualTo(heartbeat(Optional.of(NOON), 1));
  }

  @Test
  void no_time_is_covered_before_a_backlog_is_stored() {
    for (int i = 0; i < HeartbeatReporter.MAX_UNACKNOWLEDGED; i++) {
      append(NOON.plusSeconds(i));
    }
    assertThat(beat().coveredTo()).isPresent();
    append(NOON.plusSeconds(9_999));
    assertThat(beat().coveredTo()).isEmpty();
  }

  @Test
  void no_time_is_covered_while_an_event_has_no_wall_time() {
    outbox
        .append(
            new Occurrence(
                new MachineId("bike"),
                MachineStatus.FREE,
                Optional.empty(),
                new Stamp(new BootId("boot"), Duration.ZERO, Optional.empty())))
        .join();
    assertThat(beat()).isEqualTo(heartbeat(Optional.empty(), 1));
  }

  private Heartbeat heartbeat(Optional<Instant> coveredTo, long depth) {
    return new Heartbeat(ADDRESS, NOON, coveredTo, depth, Optional.of(outbox.id()));
  }

  private Sequence append() {
    return append(NOON);
  }

  private Sequence append(Instant at) {
    Stamp stamp =
        new Stamp(
            new BootId("boot"), Duration.ZERO, Optional.of(new Stamp.Wall(at, TimeQuality.SYNCED)));
    Sequence seq =
        outbox
            .append(
                new Occurrence(new MachineId("bike"), MachineStatus.FREE, Optional.empty(), stamp))
            .join();
    outbox.reserve(seq).join();
    return seq;
  }

  private Heartbeat beat() {
    uplink.connect();
    reporter.send();
    byte[] body = uplink.published().getLast().body().getBytes(StandardCharsets.UTF_8);
    return switch (HeartbeatCodec.decode(body)) {
      case DecodeResult.Valid<Heartbeat>(Heartbeat it) -> it;
      case DecodeResult.Invalid<Heartbeat> it ->
          throw new AssertionError(it.rejection().toString());
    };
  }
}
