package io.gympulse.cloud.ingest;

import static io.gympulse.cloud.ingest.TestGyms.BENCH;
import static io.gympulse.cloud.ingest.TestGyms.BENCH_2;
import static io.gympulse.cloud.ingest.TestGyms.GATEWAY_1;
import static io.gympulse.cloud.ingest.TestGyms.GATEWAY_2;
import static io.gympulse.cloud.ingest.TestGyms.NOW;
import static io.gympulse.cloud.ingest.TestGyms.OUTBOX;
import static io.gympulse.cloud.ingest.TestGyms.UNKNOWN;
import static io.gympulse.cloud.ingest.TestGyms.batch;
import static io.gympulse.cloud.ingest.TestGyms.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import io.gympulse.cloud.ingest.AckPublisher.BatchAck;
import io.gympulse.cloud.ingest.AckPublisher.Target;
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

/// Acknowledgements that are pending in a window's state.
class CoalescingAcksTest {
  private final InMemoryCloudStore store = new InMemoryCloudStore();
  private final RecordingPublisher published = new RecordingPublisher();
  private Instant now = NOW;
  private final IngestPaths paths = new IngestPaths(store, published, () -> now);

  @BeforeEach
  void registerPlans() {
    TestGyms.plans().forEach(store.floorPlans()::register);
  }

  @Test
  void live_events_of_ten_seconds_are_acknowledged_in_one_message() {
    for (int seq = 1; seq <= 9; seq++) {
      paths.byWindow(live(seq), false);
      assertThat(published.count()).isZero();
      now = now.plusSeconds(1);
    }
    paths.byWindow(live(10), false);

    assertThat(published.acks(GATEWAY_1)).containsExactly(ack(GATEWAY_1, SeqRange.of(1, 10)));
    now = now.plusSeconds(60);
    paths.byWindow(List.of(), true);
    assertThat(published.count()).isEqualTo(1);
  }

  @Test
  void events_with_pending_acknowledgements_are_stored() {
    paths.byWindow(live(1), false);

    assertThat(store.events().stored(OUTBOX)).containsExactly(SeqRange.of(1, 1));
  }

  @Test
  void the_end_of_a_window_publishes_all_pending_acknowledgements() {
    paths.byWindow(live(1), false);
    EventBatch theirs = batch(GATEWAY_2, NOW, event(4, BENCH_2));
    OutboxId another = OutboxId.random();
    EventBatch last =
        new EventBatch(GATEWAY_2, another, theirs.kind(), NOW, theirs.coveredTo(), theirs.events());
    paths.byWindow(List.of(TestQueue.text(last, NOW)), true);

    assertThat(published.acks(GATEWAY_1)).containsExactly(ack(GATEWAY_1, SeqRange.of(1, 1)));
    assertThat(published.acks(GATEWAY_2))
        .containsExactly(
            new Acknowledgement(GATEWAY_2, another, List.of(SeqRange.of(4, 4)), List.of()));
  }

  @Test
  void backlog_is_acknowledged_at_once_together_with_what_is_pending() {
    paths.byWindow(live(7), false);
    EventBatch live = batch(event(1, BENCH), event(2, BENCH));
    EventBatch backlog =
        new EventBatch(GATEWAY_1, OUTBOX, BatchKind.BACKLOG, NOW, live.coveredTo(), live.events());
    paths.byWindow(List.of(TestQueue.text(backlog, NOW)), false);

    assertThat(published.acks(GATEWAY_1))
        .containsExactly(
            new Acknowledgement(
                GATEWAY_1, OUTBOX, List.of(SeqRange.of(1, 2), SeqRange.of(7, 7)), List.of()));
    paths.byWindow(List.of(), true);
    assertThat(published.count()).isEqualTo(1);
  }

  @Test
  void a_rejection_is_published_at_once() {
    paths.byWindow(List.of(TestQueue.text(batch(event(1, BENCH), event(2, UNKNOWN)), NOW)), false);

    assertThat(published.acks(GATEWAY_1))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.stored()).containsExactly(SeqRange.of(1, 1));
              assertThat(it.rejected()).hasSize(1);
            });
  }

  @Test
  void an_acknowledgement_that_fails_is_dropped_and_published_when_its_events_come_again() {
    RecordingPublisher failing = RecordingPublisher.failing(1);
    IngestPaths other = new IngestPaths(store, failing, () -> now);
    other.byWindow(live(1), false);

    assertThat(other.byWindow(List.of(), true)).isEmpty();
    assertThat(other.counters.acksDropped()).isEqualTo(1);

    other.byWindow(live(1), true);
    assertThat(failing.acks(GATEWAY_1)).containsExactly(ack(GATEWAY_1, SeqRange.of(1, 1)));
  }

  @Test
  void backlog_whose_acknowledgement_fails_comes_again_and_nothing_pending_is_lost() {
    RecordingPublisher failing = RecordingPublisher.failing(1);
    IngestPaths other = new IngestPaths(store, failing, () -> now);
    other.byWindow(live(1), false);
    EventBatch backlog =
        new EventBatch(
            GATEWAY_1,
            OUTBOX,
            BatchKind.BACKLOG,
            NOW,
            batch(event(2, BENCH)).coveredTo(),
            List.of(event(2, BENCH)));

    assertThat(other.byWindow(List.of(TestQueue.text(backlog, NOW)), false)).hasSize(1);
    other.byWindow(List.of(), true);

    assertThat(failing.acks(GATEWAY_1)).containsExactly(ack(GATEWAY_1, SeqRange.of(1, 1)));
  }

  @Test
  void a_state_that_cannot_be_read_is_ignored_and_counted() {
    paths.state = Map.of("version", "1", "nonsense", "0");

    assertThat(paths.byWindow(live(1), true)).isEmpty();

    assertThat(paths.counters.acksDropped()).isEqualTo(1);
    assertThat(published.acks(GATEWAY_1)).containsExactly(ack(GATEWAY_1, SeqRange.of(1, 1)));
  }

  @Test
  void many_outboxes_are_acknowledged_before_the_state_is_full() {
    int outboxes = 4_000;
    for (int first = 0; first < outboxes; first += 100) {
      paths.byWindow(
          IntStream.range(first, first + 100).mapToObj(CoalescingAcksTest::ofOutbox).toList(),
          false);
      assertThat(paths.state.toString()).hasSizeLessThan(900_000);
    }
    paths.byWindow(List.of(), true);

    assertThat(published.acks(GATEWAY_1)).hasSize(outboxes);
  }

  private static String ofOutbox(int number) {
    EventBatch batch =
        new EventBatch(
            GATEWAY_1,
            new OutboxId(new UUID(0, number)),
            BatchKind.LIVE,
            NOW,
            Optional.empty(),
            List.of(event(1, BENCH)));
    return TestQueue.text(batch, NOW);
  }

  @Test
  void only_due_acknowledgements_are_published() {
    CoalescingAcks acks =
        new CoalescingAcks(published, Duration.ofSeconds(2), () -> now, new IngestCounters());
    acks.publish(new Target(GATEWAY_1, OUTBOX), List.of(batchAck(GATEWAY_1, 1)));
    now = now.plusSeconds(1);
    acks.publish(new Target(GATEWAY_2, OUTBOX), List.of(batchAck(GATEWAY_2, 1)));
    now = now.plusSeconds(1);
    acks.publishDue();

    assertThat(published.acks(GATEWAY_1)).hasSize(1);
    assertThat(published.acks(GATEWAY_2)).isEmpty();
    acks.publishAll();
    assertThat(published.acks(GATEWAY_2)).hasSize(1);
  }

  private static BatchAck batchAck(GatewayAddress to, long seq) {
    return new BatchAck(
        new Target(to, OUTBOX), BatchKind.LIVE, List.of(SeqRange.of(seq, seq)), List.of());
  }

  private List<String> live(long seq) {
    return List.of(TestQueue.text(batch(event(seq, BENCH)), NOW));
  }

  private static Acknowledgement ack(GatewayAddress to, SeqRange stored) {
    return new Acknowledgement(to, OUTBOX, List.of(stored), List.of());
  }
}
