package io.gympulse.edge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.codec.DecodeResult;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.edge.outbox.InMemoryOutbox;
import io.gympulse.edge.outbox.Occurrence;
import io.gympulse.edge.outbox.Outbox;
import io.gympulse.edge.sync.BatchSync.Input;
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

class MessagePublisherTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LATER = NOON.plusSeconds(3_600);

  private final Outbox outbox = new InMemoryOutbox();
  private final InMemoryUplink uplink = new InMemoryUplink();
  private final MessagePublisher publisher =
      new MessagePublisher(
          new SyncLoop.Sources(
              new GatewayAddress(new GymId("g"), new GatewayId("gw")),
              outbox,
              outbox,
              List::of,
              () -> Optional.of(NOON),
              InstantSource.fixed(NOON)),
          uplink);

  @Test
  void future_events_are_in_batches_of_their_own() {
    List.of(NOON, LATER, LATER.plusSeconds(1), NOON).forEach(this::append);
    EventBatch before = sent(1, 4);
    EventBatch future = sent(2, 4);
    EventBatch after = sent(4, 4);
    assertThat(before.range()).isEqualTo(SeqRange.of(1, 1));
    assertThat(before.sentAt()).isEqualTo(NOON);
    assertThat(future.range()).isEqualTo(SeqRange.of(2, 3));
    assertThat(future.sentAt()).isEqualTo(LATER.plusSeconds(1));
    assertThat(after.range()).isEqualTo(SeqRange.of(4, 4));
    assertThat(after.sentAt()).isEqualTo(NOON);
  }

  @Test
  void a_batch_up_to_the_last_event_has_a_covered_time() {
    append(NOON);
    append(NOON);
    assertThat(sent(1, 1).coveredTo()).isEmpty();
    assertThat(sent(1, 2).coveredTo()).contains(NOON);
  }

  @Test
  void no_batch_has_a_covered_time_while_an_event_is_quarantined() {
    append(NOON);
    append(NOON);
    outbox.quarantine(new Sequence(1), "refused").join();
    assertThat(sent(1, 2).coveredTo()).isEmpty();
  }

  private void append(Instant at) {
    Stamp stamp =
        new Stamp(
            new BootId("boot"),
            Duration.ofSeconds(outbox.counts().recorded()),
            Optional.of(new Stamp.Wall(at, TimeQuality.SYNCED)));
    Occurrence occurrence =
        new Occurrence(new MachineId("bike"), MachineStatus.FREE, Optional.empty(), stamp);
    Sequence seq = outbox.append(occurrence).join();
    outbox.reserve(seq).join();
  }

  private EventBatch sent(long first, long last) {
    SeqRange range = SeqRange.of(first, last);
    BatchPlan plan = new BatchPlan(BatchPlan.Source.BACKLOG, BatchKind.BACKLOG, range, 0, 10_240);
    uplink.connect();
    assertThat(publisher.send(plan)).isInstanceOf(Input.Sent.class);
    byte[] body = uplink.published().getLast().body().getBytes(StandardCharsets.UTF_8);
    return switch (BatchCodec.decode(body)) {
      case DecodeResult.Valid<EventBatch>(EventBatch it) -> it;
      case DecodeResult.Invalid<EventBatch> it ->
          throw new AssertionError(it.rejection().toString());
    };
  }
}
