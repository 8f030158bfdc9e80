package io.gympulse.cloud.ingest;

import static io.gympulse.cloud.ingest.Branch.BENCH;
import static io.gympulse.cloud.ingest.Branch.NOBODYS;
import static io.gympulse.cloud.ingest.Branch.NOW;
import static io.gympulse.cloud.ingest.Branch.OUTBOX;
import static io.gympulse.cloud.ingest.Branch.THEIRS;
import static io.gympulse.cloud.ingest.Branch.THEM;
import static io.gympulse.cloud.ingest.Branch.US;
import static io.gympulse.cloud.ingest.Branch.batch;
import static io.gympulse.cloud.ingest.Branch.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.Acknowledgement;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.EventBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Acknowledgements that wait in a window's state.
class HeldAcknowledgementsTest {
  private final InMemoryCloudStore store = new InMemoryCloudStore();
  private final Published published = new Published();
  private Instant now = NOW;
  private final Doors doors = new Doors(store, published, () -> now);

  @BeforeEach
  void registerPlans() {
    Branch.plans().forEach(store.floorPlans()::register);
  }

  @Test
  void live_events_of_ten_seconds_are_acknowledged_in_one_message() {
    for (int seq = 1; seq <= 9; seq++) {
      doors.byWindow(live(seq), false);
      assertThat(published.count()).isZero();
      now = now.plusSeconds(1);
    }
    doors.byWindow(live(10), false);

    assertThat(published.acks(US)).containsExactly(ack(US, SeqRange.of(1, 10)));
    now = now.plusSeconds(60);
    doors.byWindow(List.of(), true);
    assertThat(published.count()).isEqualTo(1);
  }

  @Test
  void what_is_held_is_stored_already() {
    doors.byWindow(live(1), false);

    assertThat(store.events().stored(OUTBOX)).containsExactly(SeqRange.of(1, 1));
  }

  @Test
  void a_window_s_end_tells_whatever_is_held() {
    doors.byWindow(live(1), false);
    EventBatch theirs = batch(THEM, NOW, event(4, THEIRS));
    OutboxId another = OutboxId.random();
    EventBatch last =
        new EventBatch(THEM, another, theirs.kind(), NOW, theirs.coveredTo(), theirs.events());
    doors.byWindow(List.of(Queue.text(last, NOW)), true);

    assertThat(published.acks(US)).containsExactly(ack(US, SeqRange.of(1, 1)));
    assertThat(published.acks(THEM))
        .containsExactly(new Acknowledgement(THEM, another, List.of(SeqRange.of(4, 4)), List.of()));
  }

  @Test
  void backlog_is_answered_at_once_and_takes_along_what_is_held() {
    doors.byWindow(live(7), false);
    EventBatch live = batch(event(1, BENCH), event(2, BENCH));
    EventBatch backlog =
        new EventBatch(US, OUTBOX, BatchKind.BACKLOG, NOW, live.coveredTo(), live.events());
    doors.byWindow(List.of(Queue.text(backlog, NOW)), false);

    assertThat(published.acks(US))
        .containsExactly(
            new Acknowledgement(
                US, OUTBOX, List.of(SeqRange.of(1, 2), SeqRange.of(7, 7)), List.of()));
    doors.byWindow(List.of(), true);
    assertThat(published.count()).isEqualTo(1);
  }

  @Test
  void a_refusal_is_told_at_once() {
    doors.byWindow(List.of(Queue.text(batch(event(1, BENCH), event(2, NOBODYS)), NOW)), false);

    assertThat(published.acks(US))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.stored()).containsExactly(SeqRange.of(1, 1));
              assertThat(it.rejected()).hasSize(1);
            });
  }

  @Test
  void one_that_cannot_be_published_is_given_up_and_told_when_its_events_come_again() {
    Published refusing = Published.refusing(1);
    Doors other = new Doors(store, refusing, () -> now);
    other.byWindow(live(1), false);

    assertThat(other.byWindow(List.of(), true)).isEmpty();
    assertThat(other.counters.untold()).isEqualTo(1);

    other.byWindow(live(1), true);
    assertThat(refusing.acks(US)).containsExactly(ack(US, SeqRange.of(1, 1)));
  }

  @Test
  void backlog_that_cannot_be_answered_comes_again_and_nothing_held_is_lost() {
    Published refusing = Published.refusing(1);
    Doors other = new Doors(store, refusing, () -> now);
    other.byWindow(live(1), false);
    EventBatch backlog =
        new EventBatch(
            US,
            OUTBOX,
            BatchKind.BACKLOG,
            NOW,
            batch(event(2, BENCH)).coveredTo(),
            List.of(event(2, BENCH)));

    assertThat(other.byWindow(List.of(Queue.text(backlog, NOW)), false)).hasSize(1);
    other.byWindow(List.of(), true);

    assertThat(refusing.acks(US)).containsExactly(ack(US, SeqRange.of(1, 1)));
  }

  @Test
  void a_state_that_cannot_be_read_is_passed_over_and_counted() {
    doors.state = Map.of("version", "1", "nonsense", "0");

    assertThat(doors.byWindow(live(1), true)).isEmpty();

    assertThat(doors.counters.untold()).isEqualTo(1);
    assertThat(published.acks(US)).containsExactly(ack(US, SeqRange.of(1, 1)));
  }

  @Test
  void a_flood_of_outboxes_is_told_before_the_state_is_full() {
    int outboxes = 4_000;
    for (int first = 0; first < outboxes; first += 100) {
      doors.byWindow(
          IntStream.range(first, first + 100).mapToObj(HeldAcknowledgementsTest::ofOutbox).toList(),
          false);
      assertThat(doors.state.toString()).hasSizeLessThan(900_000);
    }
    doors.byWindow(List.of(), true);

    assertThat(published.acks(US)).hasSize(outboxes);
  }

  private static String ofOutbox(int number) {
    EventBatch batch =
        new EventBatch(
            US,
            new OutboxId(new UUID(0, number)),
            BatchKind.LIVE,
            NOW,
            Optional.empty(),
            List.of(event(1, BENCH)));
    return Queue.text(batch, NOW);
  }

  @Test
  void a_shared_hold_tells_what_is_due_and_no_more() {
    HeldAcknowledgements held =
        new HeldAcknowledgements(published, Duration.ofSeconds(2), () -> now, new IngestCounters());
    held.answer(new OutboxOf(US, OUTBOX), List.of(answer(US, 1)));
    now = now.plusSeconds(1);
    held.answer(new OutboxOf(THEM, OUTBOX), List.of(answer(THEM, 1)));
    now = now.plusSeconds(1);
    held.publishDue();

    assertThat(published.acks(US)).hasSize(1);
    assertThat(published.acks(THEM)).isEmpty();
    held.publishAll();
    assertThat(published.acks(THEM)).hasSize(1);
  }

  private static Reply.Answer answer(GatewayAddress to, long seq) {
    return new Reply.Answer(
        new OutboxOf(to, OUTBOX), BatchKind.LIVE, List.of(SeqRange.of(seq, seq)), List.of());
  }

  private List<String> live(long seq) {
    return List.of(Queue.text(batch(event(seq, BENCH)), NOW));
  }

  private static Acknowledgement ack(GatewayAddress to, SeqRange stored) {
    return new Acknowledgement(to, OUTBOX, List.of(stored), List.of());
  }
}
