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
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchLoaderTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LATER = NOON.plusSeconds(3_600);

  private final Outbox outbox = new InMemoryOutbox();
  private final BatchLoader loader =
      new BatchLoader(
          outbox,
          new GatewayAddress(new GymId("g"), new GatewayId("gw")),
          InstantSource.fixed(NOON),
          () -> Optional.of(NOON));

  @Test
  void future_events_are_in_batches_of_their_own() {
    List.of(NOON, LATER, LATER.plusSeconds(1), NOON).forEach(this::append);
    EventBatch before = load(1, 4);
    EventBatch future = load(2, 4);
    EventBatch after = load(4, 4);
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
    assertThat(load(1, 1).coveredTo()).isEmpty();
    assertThat(load(1, 2).coveredTo()).contains(NOON);
  }

  @Test
  void no_batch_has_a_covered_time_while_an_event_is_quarantined() {
    append(NOON);
    append(NOON);
    outbox.quarantine(new Sequence(1), "refused").join();
    assertThat(load(1, 2).coveredTo()).isEmpty();
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

  private EventBatch load(long first, long last) {
    SeqRange range = SeqRange.of(first, last);
    BatchPlan plan = new BatchPlan(BatchPlan.Source.BACKLOG, BatchKind.BACKLOG, range, 0, 10_240);
    BatchLoader.LoadedBatch loaded = loader.load(plan).orElseThrow();
    return switch (BatchCodec.decode(loaded.body())) {
      case DecodeResult.Valid<EventBatch>(EventBatch it) -> it;
      case DecodeResult.Invalid<EventBatch> it ->
          throw new AssertionError(it.rejection().toString());
    };
  }
}
