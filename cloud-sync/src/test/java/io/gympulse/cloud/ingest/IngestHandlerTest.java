package io.gympulse.cloud.ingest;

import static io.gympulse.cloud.ingest.TestGyms.BENCH;
import static io.gympulse.cloud.ingest.TestGyms.GATEWAY_1;
import static io.gympulse.cloud.ingest.TestGyms.NOW;
import static io.gympulse.cloud.ingest.TestGyms.OUTBOX;
import static io.gympulse.cloud.ingest.TestGyms.ROWER;
import static io.gympulse.cloud.ingest.TestGyms.batch;
import static io.gympulse.cloud.ingest.TestGyms.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.aggregate.AggregationBacklog.DirtyWindow;
import io.gympulse.cloud.core.aggregate.Coverage;
import io.gympulse.cloud.core.aggregate.Coverage.Interval;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import io.gympulse.cloud.ingest.RuleOutputReader.InboundMessage;
import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.codec.DecodeResult;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.Acknowledgement;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.contract.message.Heartbeat;
import io.gympulse.contract.message.Snapshot;
import io.gympulse.contract.message.StatusReport;
import io.gympulse.contract.topic.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IngestHandlerTest {
  private final InMemoryCloudStore store = TestGyms.store();
  private final RecordingPublisher published = new RecordingPublisher();
  private final IngestCounters counters = new IngestCounters();
  private final IngestHandler handler =
      new IngestHandler(store, published, Duration.ofMinutes(5), counters);

  @Test
  void a_batch_is_stored_shown_and_acknowledged() {
    deliver(TestQueue.of(batch(event(1, BENCH), event(2, ROWER))));

    assertThat(store.events().stored(OUTBOX)).containsExactly(SeqRange.of(1, 2));
    CurrentState bench = store.current().find(GATEWAY_1.gym(), BENCH).orElseThrow();
    assertThat(bench.status()).isEqualTo(MachineStatus.OCCUPIED);
    assertThat(bench.since()).isEqualTo(event(1, BENCH).at());
    assertThat(bench.seq()).isEqualTo(1);
    assertThat(store.gateways().all())
        .singleElement()
        .matches(it -> it.presence().orElseThrow().online());
    assertThat(published.acks(GATEWAY_1))
        .containsExactly(
            new Acknowledgement(GATEWAY_1, OUTBOX, List.of(SeqRange.of(1, 2)), List.of()));
    assertThat(counters.received()).isEqualTo(1);
    assertThat(counters.stored()).isEqualTo(2);
    assertThat(counters.rejected()).isZero();
  }

  @Test
  void acknowledgements_of_one_invocation_are_merged_per_outbox() {
    deliver(
        TestQueue.of(
            batch(event(4, BENCH)),
            batch(event(1, BENCH), event(2, ROWER)),
            batch(event(2, ROWER), event(3, BENCH), event(7, BENCH))));

    assertThat(published.acks(GATEWAY_1))
        .containsExactly(
            new Acknowledgement(
                GATEWAY_1, OUTBOX, List.of(SeqRange.of(1, 4), SeqRange.of(7, 7)), List.of()));
  }

  @Test
  void a_repeat_is_acknowledged_again() {
    List<String> delivery = TestQueue.of(batch(event(1, BENCH)));

    deliver(delivery);
    deliver(delivery);

    assertThat(store.events().count()).isEqualTo(1);
    assertThat(published.acks(GATEWAY_1)).hasSize(2).allMatch(it -> it.stored().size() == 1);
  }

  @Test
  void backlog_changes_history_and_not_the_present() {
    deliver(TestQueue.of(batch(event(9, BENCH, MachineStatus.FREE, NOW))));
    EventBatch late =
        new EventBatch(
            GATEWAY_1, OUTBOX, BatchKind.BACKLOG, NOW, Optional.empty(), List.of(event(3, BENCH)));

    deliver(TestQueue.of(late));

    assertThat(store.events().count()).isEqualTo(2);
    assertThat(store.current().find(GATEWAY_1.gym(), BENCH).orElseThrow().seq()).isEqualTo(9);
  }

  @Test
  void a_snapshot_sets_current_state_and_nothing_else() {
    MachineState free =
        new MachineState(BENCH, MachineStatus.FREE, NOW.minusSeconds(9), Optional.empty());

    deliver(TestQueue.of(new Snapshot(GATEWAY_1, NOW, List.of(free))));

    CurrentState bench = store.current().find(GATEWAY_1.gym(), BENCH).orElseThrow();
    assertThat(bench.status()).isEqualTo(MachineStatus.FREE);
    assertThat(bench.asOf()).isEqualTo(NOW);
    assertThat(store.events().count()).isZero();
    assertThat(published.count()).isZero();
  }

  @Test
  void a_summary_event_is_acknowledged_for_all_its_sequence_numbers() {
    Instant at = Instant.parse("2026-03-02T09:55:00Z");
    Duration busy = Duration.ofMinutes(6);
    Summary summary =
        new Summary(new Sequence(2), at.minus(busy), busy, Duration.ZERO, Duration.ZERO, 4);
    MachineEvent summed =
        new MachineEvent(
            new Sequence(9),
            BENCH,
            MachineStatus.FREE,
            Optional.empty(),
            at,
            TimeQuality.SYNCED,
            Optional.of(summary));

    deliver(TestQueue.of(batch(summed), batch(TestGyms.event(1, ROWER))));

    assertThat(published.acks(GATEWAY_1))
        .flatExtracting(Acknowledgement::stored)
        .containsExactly(SeqRange.of(1, 9));
    assertThat(store.events().stored(OUTBOX)).containsExactly(SeqRange.of(1, 9));
    assertThat(store.events().history(BENCH, at, at.plusSeconds(1)))
        .containsExactly(HistoryEntry.of(OUTBOX, summed));
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2"})
  void a_golden_batch_of_each_version_is_taken(String version) throws IOException {
    String name = "/io/gympulse/contract/golden/%s/batch.json".formatted(version);
    try (InputStream golden = Objects.requireNonNull(BatchCodec.class.getResourceAsStream(name))) {
      byte[] body = golden.readAllBytes();
      EventBatch batch = ((DecodeResult.Valid<EventBatch>) BatchCodec.decode(body)).value();
      String text = TestQueue.selected(body, Topics.batches(batch.from()), batch.sentAt());
      assertThat(
              RuleOutputReader.read(text, new GatewayQuotas(QuotaObserver.NONE).new Invocation()))
          .isInstanceOfSatisfying(
              InboundMessage.FromGateway.class, it -> assertThat(it.message()).isEqualTo(batch));
    }
  }

  @Test
  void a_heartbeat_brings_a_gateway_online_with_its_outbox_depth() {
    deliver(TestQueue.of(new Heartbeat(GATEWAY_1, NOW, Optional.of(NOW.minusSeconds(30)), 17)));

    assertThat(store.gateways().all())
        .singleElement()
        .extracting(it -> it.presence().orElseThrow())
        .satisfies(
            it -> {
              assertThat(it.online()).isTrue();
              assertThat(it.outboxDepth()).isEqualTo(17);
            });
  }

  @Test
  void a_watermark_in_the_future_is_ignored() {
    deliver(TestQueue.of(empty(NOW.plusMillis(1))));

    assertThat(store.gateways().all())
        .singleElement()
        .satisfies(it -> assertThat(it.coverage()).isEqualTo(Coverage.NONE));
  }

  @Test
  void an_empty_outbox_covers_the_time_from_its_first_event_on() {
    deliver(TestQueue.of(empty(NOW.minusSeconds(30))));
    assertThat(gateway().coverage().covered()).isEmpty();

    deliver(TestQueue.of(batch(event(1, BENCH)), batch(event(2, BENCH))));

    assertThat(gateway().coverage().covered())
        .containsExactly(new Interval(OUTBOX, event(1, BENCH).at(), NOW.minusSeconds(30)));
  }

  @Test
  void an_outbox_with_later_events_covers_the_time_before_them() {
    Instant coveredTo = NOW.minusSeconds(30);
    deliver(
        TestQueue.of(
            batch(event(1, BENCH)),
            new Heartbeat(GATEWAY_1, NOW, Optional.of(coveredTo), 7, Optional.of(OUTBOX))));

    assertThat(gateway().coverage().covered())
        .containsExactly(new Interval(OUTBOX, event(1, BENCH).at(), coveredTo));
  }

  @Test
  void a_heartbeat_without_outbox_or_watermark_covers_nothing() {
    deliver(TestQueue.of(new Heartbeat(GATEWAY_1, NOW, Optional.empty(), 1, Optional.of(OUTBOX))));
    deliver(TestQueue.of(new Heartbeat(GATEWAY_1, NOW, Optional.of(NOW), 0)));

    assertThat(gateway().coverage()).isEqualTo(Coverage.NONE);
  }

  @Test
  void an_event_behind_the_coverage_marks_its_window() {
    deliver(TestQueue.of(batch(event(1, BENCH)), empty(NOW.minusSeconds(30))));
    assertThat(gateway().backlog().dirty()).isEmpty();

    deliver(TestQueue.of(batch(event(2, BENCH))));

    DirtyWindow mark = new DirtyWindow(new CategoryId("strength"), Window.of(event(2, BENCH).at()));
    assertThat(gateway().backlog().dirty()).containsExactly(Map.entry(mark, 1L));
  }

  @Test
  void occupied_and_free_in_one_batch_both_enter_the_state() {
    MachineEvent taken = event(1, BENCH, MachineStatus.OCCUPIED, NOW.minusSeconds(9));
    MachineEvent freed = event(2, BENCH, MachineStatus.FREE, NOW.minusSeconds(3));

    deliver(TestQueue.of(batch(taken, freed)));

    CurrentState bench = store.current().find(GATEWAY_1.gym(), BENCH).orElseThrow();
    assertThat(bench.before()).contains(MachineStatus.OCCUPIED);
    assertThat(bench.present()).isTrue();
  }

  @Test
  void a_batch_that_arrives_too_late_does_not_describe_the_present() {
    Instant sentAt = NOW.minusSeconds(300);
    MachineEvent event = event(1, BENCH, MachineStatus.FREE, sentAt);

    deliver(List.of(TestQueue.text(batch(GATEWAY_1, sentAt, event), NOW)));
    assertThat(store.current().find(GATEWAY_1.gym(), BENCH).orElseThrow().present()).isFalse();

    deliver(List.of(TestQueue.text(batch(GATEWAY_1, NOW, event), NOW)));
    assertThat(store.current().find(GATEWAY_1.gym(), BENCH).orElseThrow().present()).isTrue();
  }

  private static Heartbeat empty(Instant coveredTo) {
    return new Heartbeat(GATEWAY_1, NOW, Optional.of(coveredTo), 0, Optional.of(OUTBOX));
  }

  private Gateway gateway() {
    return store.gateways().find(GATEWAY_1.gateway()).orElseThrow();
  }

  @Test
  void a_message_spooled_for_an_hour_brings_no_gateway_online() {
    Heartbeat old = new Heartbeat(GATEWAY_1, NOW.minusSeconds(3600), Optional.empty(), 0);

    deliver(List.of(TestQueue.text(old, NOW)));

    assertThat(store.gateways().all())
        .singleElement()
        .matches(it -> !it.presence().orElseThrow().online());
  }

  @Test
  void a_machine_reports_by_itself() {
    StatusReport report = new StatusReport(GATEWAY_1.gym(), BENCH, MachineStatus.OCCUPIED, NOW);
    String text = TestQueue.text(report, NOW);

    deliver(List.of(text, text));

    assertThat(store.events().history(BENCH, NOW, NOW.plusSeconds(1)))
        .containsExactly(HistoryEntry.of(report));
    assertThat(gateway().backlog().dirty())
        .containsExactly(
            Map.entry(new DirtyWindow(new CategoryId("strength"), Window.of(NOW)), 1L));
    assertThat(gateway().presence()).isEmpty();
    assertThat(store.current().find(GATEWAY_1.gym(), BENCH).orElseThrow().since()).isEqualTo(NOW);
    assertThat(published.count()).isZero();
  }

  @Test
  void an_object_that_the_not_json_rule_delivers_too_is_left_to_its_own_rule() {
    deliver(List.of(TestQueue.encoded("{\"hello\":1}", Topics.batches(GATEWAY_1))));

    assertThat(published.count()).isZero();
  }

  private void deliver(List<String> texts) {
    assertThat(TestQueue.deliver(handler, texts)).isEmpty();
  }
}
