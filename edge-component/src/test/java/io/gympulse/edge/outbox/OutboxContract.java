package io.gympulse.edge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every outbox promises.
abstract class OutboxContract {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private Outbox outbox;

  abstract Outbox open();

  @BeforeEach
  void openIt() {
    outbox = open();
  }

  @AfterEach
  void closeIt() {
    outbox.close();
  }

  @Test
  void numbers_run_from_1_without_gaps_in_the_order_of_the_appends() {
    assertThat(append(outbox, 5)).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(outbox.peek(0, 10))
        .extracting(it -> it.seq().value())
        .containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void an_event_comes_back_as_it_was_appended() {
    Occurrence known = occurrence(1);
    Occurrence unknown =
        new Occurrence(
            new MachineId("bike-2"),
            MachineStatus.UNKNOWN,
            Optional.of(UnknownReason.SOURCE_DOWN),
            NOON.plusMillis(7),
            TimeQuality.BOUNDED);
    outbox.append(known).join();
    outbox.append(unknown).join();
    assertThat(outbox.peek(0, 10))
        .containsExactly(known.numbered(new Sequence(1)), unknown.numbered(new Sequence(2)));
  }

  @Test
  void peek_begins_after_a_number_and_stops_at_the_limit() {
    append(outbox, 9);
    assertThat(seqs(outbox.peek(3, 2))).containsExactly(4L, 5L);
    assertThat(outbox.peek(9, 2)).isEmpty();
  }

  @Test
  void peeking_removes_nothing() {
    append(outbox, 2);
    assertThat(outbox.peek(0, 10)).isEqualTo(outbox.peek(0, 10)).hasSize(2);
  }

  @Test
  void an_event_is_removed_only_when_acknowledged() {
    append(outbox, 6);
    outbox.acknowledge(List.of(SeqRange.of(2, 3), SeqRange.of(5, 5))).join();
    assertThat(seqs(outbox.peek(0, 10))).containsExactly(1L, 4L, 6L);
    assertThat(outbox.counts()).isEqualTo(new OutboxCounts(6, 3, 0));
    assertThat(outbox.counts().acknowledged()).isEqualTo(3);
  }

  @Test
  void acknowledging_again_or_what_never_was_is_harmless() {
    append(outbox, 3);
    outbox.acknowledge(List.of(SeqRange.of(1, 2))).join();
    outbox.acknowledge(List.of(SeqRange.of(1, 2), SeqRange.of(90, 99))).join();
    assertThat(outbox.counts()).isEqualTo(new OutboxCounts(3, 1, 0));
    assertThat(append(outbox, 1)).containsExactly(4L);
  }

  @Test
  void a_quarantined_event_waits_no_more_and_is_counted() {
    append(outbox, 3);
    outbox.quarantine(new Sequence(2), "unknown-machine").join();
    outbox.quarantine(new Sequence(2), "unknown-machine").join();
    assertThat(seqs(outbox.peek(0, 10))).containsExactly(1L, 3L);
    outbox.acknowledge(List.of(SeqRange.of(1, 3))).join();
    assertThat(outbox.counts()).isEqualTo(new OutboxCounts(3, 0, 1));
  }

  @Test
  void numbers_are_not_given_again_after_everything_was_acknowledged() {
    append(outbox, 3);
    outbox.acknowledge(List.of(SeqRange.of(1, 3))).join();
    assertThat(append(outbox, 2)).containsExactly(4L, 5L);
  }

  @Test
  void the_last_state_of_a_machine_outlives_its_events() {
    append(outbox, 4);
    outbox.acknowledge(List.of(SeqRange.of(4, 4))).join();
    outbox.acknowledge(List.of(SeqRange.of(1, 3))).join();
    assertThat(outbox.lastStates())
        .containsOnlyKeys(new MachineId("bike-0"), new MachineId("bike-1"))
        .containsValue(occurrence(3).state());
  }

  @Test
  void the_alive_mark_never_moves_back() {
    assertThat(outbox.lastAlive()).isEmpty();
    outbox.markAlive(NOON).join();
    outbox.markAlive(NOON.minusSeconds(60)).join();
    assertThat(outbox.lastAlive()).contains(NOON);
  }

  @Test
  void futures_complete_in_the_order_of_the_calls() {
    List<CompletableFuture<Sequence>> futures =
        IntStream.range(0, 500).mapToObj(it -> outbox.append(occurrence(it))).toList();
    assertThat(futures.stream().map(it -> it.join().value()))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 500).boxed().toList());
  }

  @Test
  void a_closed_outbox_takes_nothing() {
    outbox.close();
    assertThatThrownBy(() -> outbox.append(occurrence(1)))
        .isInstanceOf(IllegalStateException.class);
  }

  static Occurrence occurrence(int number) {
    return new Occurrence(
        new MachineId("bike-" + number % 2),
        number % 4 < 2 ? MachineStatus.OCCUPIED : MachineStatus.FREE,
        Optional.empty(),
        NOON.plusSeconds(number),
        TimeQuality.SYNCED);
  }

  static List<Long> append(Outbox outbox, int events) {
    return IntStream.range(0, events)
        .mapToObj(it -> outbox.append(occurrence(it)).join().value())
        .toList();
  }

  static List<Long> seqs(List<MachineEvent> events) {
    return events.stream().map(it -> it.seq().value()).toList();
  }
}
