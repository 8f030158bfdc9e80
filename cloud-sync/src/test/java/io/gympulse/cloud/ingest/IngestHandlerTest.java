package io.gympulse.cloud.ingest;

import static io.gympulse.cloud.ingest.Branch.BENCH;
import static io.gympulse.cloud.ingest.Branch.NOW;
import static io.gympulse.cloud.ingest.Branch.OUTBOX;
import static io.gympulse.cloud.ingest.Branch.ROWER;
import static io.gympulse.cloud.ingest.Branch.US;
import static io.gympulse.cloud.ingest.Branch.batch;
import static io.gympulse.cloud.ingest.Branch.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.arrears.Mark;
import io.gympulse.cloud.core.coverage.Coverage;
import io.gympulse.cloud.core.coverage.Interval;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.codec.Decoded;
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
  private final InMemoryCloudStore store = Branch.store();
  private final Published published = new Published();
  private final IngestCounters counters = new IngestCounters();
  private final IngestHandler handler =
      new IngestHandler(store, published, Duration.ofMinutes(5), counters);

  @Test
  void a_batch_is_stored_shown_and_acknowledged() {
    deliver(Queue.of(batch(event(1, BENCH), event(2, ROWER))));

    assertThat(store.events().stored(OUTBOX)).containsExactly(SeqRange.of(1, 2));
    CurrentState bench = store.current().find(BENCH).orElseThrow();
    assertThat(bench.status()).isEqualTo(MachineStatus.OCCUPIED);
    assertThat(bench.since()).isEqualTo(event(1, BENCH).at());
    assertThat(bench.seq()).isEqualTo(1);
    assertThat(store.view().presences()).singleElement().matches(it -> it.online());
    assertThat(published.acks(US))
        .containsExactly(new Acknowledgement(US, OUTBOX, List.of(SeqRange.of(1, 2)), List.of()));
    assertThat(counters.received()).isEqualTo(1);
    assertThat(counters.stored()).isEqualTo(2);
    assertThat(counters.rejected()).isZero();
  }

  @Test
  void acknowledgements_of_one_invocation_are_merged_per_outbox() {
    deliver(
        Queue.of(
            batch(event(4, BENCH)),
            batch(event(1, BENCH), event(2, ROWER)),
            batch(event(2, ROWER), event(3, BENCH), event(7, BENCH))));

    assertThat(published.acks(US))
        .containsExactly(
            new Acknowledgement(
                US, OUTBOX, List.of(SeqRange.of(1, 4), SeqRange.of(7, 7)), List.of()));
  }

  @Test
  void a_repeat_is_acknowledged_again() {
    List<String> delivery = Queue.of(batch(event(1, BENCH)));

    deliver(delivery);
    deliver(delivery);

    assertThat(store.events().count()).isEqualTo(1);
    assertThat(published.acks(US)).hasSize(2).allMatch(it -> it.stored().size() == 1);
  }

  @Test
  void backlog_changes_history_and_not_the_present() {
    deliver(Queue.of(batch(event(9, BENCH, MachineStatus.FREE, NOW))));
    EventBatch late =
        new EventBatch(
            US, OUTBOX, BatchKind.BACKLOG, NOW, Optional.empty(), List.of(event(3, BENCH)));

    deliver(Queue.of(late));

    assertThat(store.events().count()).isEqualTo(2);
    assertThat(store.current().find(BENCH).orElseThrow().seq()).isEqualTo(9);
  }

  @Test
  void a_snapshot_sets_current_state_and_nothing_else() {
    MachineState free =
        new MachineState(BENCH, MachineStatus.FREE, NOW.minusSeconds(9), Optional.empty());

    deliver(Queue.of(new Snapshot(US, NOW, List.of(free))));

    CurrentState bench = store.current().find(BENCH).orElseThrow();
    assertThat(bench.status()).isEqualTo(MachineStatus.FREE);
    assertThat(bench.asOf()).isEqualTo(NOW);
    assertThat(store.events().count()).isZero();
    assertThat(published.count()).isZero();
  }

  @Test
  void an_event_that_stands_for_others_is_acknowledged_for_all_their_numbers() {
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

    deliver(Queue.of(batch(summed), batch(Branch.event(1, ROWER))));

    assertThat(published.acks(US))
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
      EventBatch batch = ((Decoded.Valid<EventBatch>) BatchCodec.decode(body)).value();
      String text = Queue.selected(body, Topics.batches(batch.from()), batch.sentAt());
      assertThat(RuleOutput.read(text, new GatewayQuotas(QuotaObserver.NONE).new Invocation()))
          .isInstanceOfSatisfying(
              Inbound.FromGateway.class, it -> assertThat(it.message()).isEqualTo(batch));
    }
  }

  @Test
  void a_heartbeat_brings_a_gateway_online_and_tells_its_depth() {
    deliver(Queue.of(new Heartbeat(US, NOW, Optional.of(NOW.minusSeconds(30)), 17)));

    assertThat(store.view().presences())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.online()).isTrue();
              assertThat(it.outboxDepth()).isEqualTo(17);
            });
  }

  @Test
  void nobody_vouches_for_what_is_still_to_come() {
    deliver(Queue.of(empty(NOW.plusMillis(1))));

    assertThat(store.gateways().all())
        .singleElement()
        .satisfies(it -> assertThat(it.coverage()).isEqualTo(Coverage.NONE));
  }

  @Test
  void an_empty_outbox_proves_the_time_from_its_first_event_on() {
    deliver(Queue.of(empty(NOW.minusSeconds(30))));
    assertThat(gateway().coverage().covered()).isEmpty();

    deliver(Queue.of(batch(event(1, BENCH)), batch(event(2, BENCH))));

    assertThat(gateway().coverage().covered())
        .containsExactly(new Interval(OUTBOX, event(1, BENCH).at(), NOW.minusSeconds(30)));
  }

  @Test
  void an_outbox_in_which_later_events_wait_proves_the_time_before_them() {
    Instant coveredTo = NOW.minusSeconds(30);
    deliver(
        Queue.of(
            batch(event(1, BENCH)),
            new Heartbeat(US, NOW, Optional.of(coveredTo), 7, Optional.of(OUTBOX))));

    assertThat(gateway().coverage().covered())
        .containsExactly(new Interval(OUTBOX, event(1, BENCH).at(), coveredTo));
  }

  @Test
  void an_outbox_that_is_not_named_or_vouches_for_nothing_proves_nothing() {
    deliver(Queue.of(new Heartbeat(US, NOW, Optional.empty(), 1, Optional.of(OUTBOX))));
    deliver(Queue.of(new Heartbeat(US, NOW, Optional.of(NOW), 0)));

    assertThat(gateway().coverage()).isEqualTo(Coverage.NONE);
  }

  @Test
  void an_event_behind_the_coverage_marks_its_window() {
    deliver(Queue.of(batch(event(1, BENCH)), empty(NOW.minusSeconds(30))));
    assertThat(gateway().arrears().late()).isEmpty();

    deliver(Queue.of(batch(event(2, BENCH))));

    Mark mark = new Mark(new CategoryId("strength"), Window.of(event(2, BENCH).at()));
    assertThat(gateway().arrears().late()).containsExactly(Map.entry(mark, 1L));
  }

  @Test
  void occupied_and_free_in_one_batch_remember_each_other() {
    MachineEvent taken = event(1, BENCH, MachineStatus.OCCUPIED, NOW.minusSeconds(9));
    MachineEvent freed = event(2, BENCH, MachineStatus.FREE, NOW.minusSeconds(3));

    deliver(Queue.of(batch(taken, freed)));

    CurrentState bench = store.current().find(BENCH).orElseThrow();
    assertThat(bench.before()).contains(MachineStatus.OCCUPIED);
    assertThat(bench.present()).isTrue();
  }

  @Test
  void a_batch_that_was_under_way_for_too_long_does_not_speak_of_the_present() {
    Instant sentAt = NOW.minusSeconds(300);
    MachineEvent event = event(1, BENCH, MachineStatus.FREE, sentAt);

    deliver(List.of(Queue.text(batch(US, sentAt, event), NOW)));
    assertThat(store.current().find(BENCH).orElseThrow().present()).isFalse();

    deliver(List.of(Queue.text(batch(US, NOW, event), NOW)));
    assertThat(store.current().find(BENCH).orElseThrow().present()).isTrue();
  }

  private static Heartbeat empty(Instant coveredTo) {
    return new Heartbeat(US, NOW, Optional.of(coveredTo), 0, Optional.of(OUTBOX));
  }

  private Gateway gateway() {
    return store.gateways().find(US.gateway()).orElseThrow();
  }

  @Test
  void what_a_spooler_kept_for_an_hour_brings_nobody_online() {
    Heartbeat old = new Heartbeat(US, NOW.minusSeconds(3600), Optional.empty(), 0);

    deliver(List.of(Queue.text(old, NOW)));

    assertThat(store.view().presences()).singleElement().matches(it -> !it.online());
  }

  @Test
  void a_machine_reports_by_itself() {
    StatusReport report = new StatusReport(US.gym(), BENCH, MachineStatus.OCCUPIED, NOW);
    String text = Queue.text(report, NOW);

    deliver(List.of(text, text));

    assertThat(store.events().history(BENCH, NOW, NOW.plusSeconds(1)))
        .containsExactly(HistoryEntry.of(report));
    assertThat(gateway().arrears().late())
        .containsExactly(Map.entry(new Mark(new CategoryId("strength"), Window.of(NOW)), 1L));
    assertThat(gateway().presence()).isEmpty();
    assertThat(store.current().find(BENCH).orElseThrow().since()).isEqualTo(NOW);
    assertThat(published.count()).isZero();
  }

  @Test
  void an_object_that_the_rule_for_other_payloads_delivers_too_is_left_to_its_own_rule() {
    deliver(List.of(Queue.encoded("{\"hello\":1}", Topics.batches(US))));

    assertThat(published.count()).isZero();
  }

  private void deliver(List<String> texts) {
    assertThat(Queue.deliver(handler, texts)).isEmpty();
  }
}
