package io.gympulse.edge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.outbox.EventQueue.Counts;
import io.gympulse.edge.outbox.Quarantine.QuarantinedEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What every quarantine promises.
abstract class QuarantineContract extends OutboxContract {
  @Test
  void a_quarantined_event_is_not_waiting_any_more_and_is_counted() {
    append(outbox, 3);
    outbox.quarantine(new Sequence(2), "unknown-machine").join();
    outbox.quarantine(new Sequence(2), "unknown-machine").join();
    assertThat(seqs(outbox.peek(0, 10))).containsExactly(1L, 3L);
    outbox.acknowledge(List.of(SeqRange.of(1, 3))).join();
    assertThat(outbox.counts()).isEqualTo(new Counts(3, 0, 1, 0));
  }

  @Test
  void a_released_event_is_waiting_again_unchanged() {
    append(outbox, 3);
    List<MachineEvent> before = outbox.peek(0, 10);
    outbox.quarantine(new Sequence(1), "unknown-machine").join();
    outbox.quarantine(new Sequence(2), "unknown-machine").join();
    assertThat(outbox.quarantined())
        .containsExactly(
            new QuarantinedEvent(before.get(0), "unknown-machine"),
            new QuarantinedEvent(before.get(1), "unknown-machine"));
    assertThat(outbox.release(List.of(SeqRange.of(2, 9))).join()).isEqualTo(1);
    assertThat(outbox.release(List.of(SeqRange.of(2, 9))).join()).isZero();
    assertThat(outbox.peek(0, 10)).isEqualTo(before.subList(1, 3));
    assertThat(outbox.counts()).isEqualTo(new Counts(3, 2, 1, 0));
    outbox.acknowledge(List.of(SeqRange.of(1, 3))).join();
    assertThat(outbox.counts()).isEqualTo(new Counts(3, 0, 1, 0));
  }

  @Test
  void renumbering_after_a_conflict_starts_a_new_outbox_with_the_events_never_stored() {
    OutboxId before = outbox.id();
    append(outbox, 300);
    outbox.reserve(new Sequence(4)).join();
    long sent = outbox.lastReserved();
    assertThat(sent).isBetween(4L, 299L);
    List<MachineEvent> all = outbox.peek(0, 300);
    assertThat(outbox.renumber().join()).isFalse();

    outbox.quarantine(new Sequence(2), "outbox-conflict: number 2 is in use").join();
    outbox.quarantine(new Sequence(3), "unknown-machine: on no plan").join();

    assertThat(outbox.hasConflict()).isTrue();
    assertThatThrownBy(() -> outbox.reserve(new Sequence(sent + 1)).join())
        .hasCauseInstanceOf(OutboxException.class);
    outbox.reserve(new Sequence(sent)).join();
    assertThat(outbox.renumber().join()).isFalse();
    assertThat(outbox.id()).isEqualTo(before);

    outbox.acknowledge(List.of(SeqRange.of(1, 1), SeqRange.of(4, sent))).join();

    assertThat(outbox.renumber().join()).isTrue();
    assertThat(outbox.id()).isNotEqualTo(before);
    assertThat(outbox.hasConflict()).isFalse();
    List<MachineEvent> left = outbox.peek(0, 300);
    assertThat(left.getFirst().at()).isEqualTo(all.get(1).at());
    assertThat(left.subList(1, left.size()))
        .extracting(MachineEvent::at)
        .isEqualTo(all.subList((int) sent, 300).stream().map(MachineEvent::at).toList());
    assertThat(seqs(left).getFirst()).isEqualTo(1);
    assertThat(seqs(left).subList(1, left.size()))
        .isEqualTo(LongStream.rangeClosed(3, 302 - sent).boxed().toList());
    assertThat(outbox.quarantined())
        .extracting(it -> it.event().seq().value(), QuarantinedEvent::reason)
        .containsExactly(tuple(2L, "unknown-machine: on no plan"));
    assertThat(outbox.counts()).isEqualTo(new Counts(302 - sent, 301 - sent, 1, 0));
    assertThat(outbox.lastReserved()).isEqualTo(2);
    assertThat(append(outbox, 1)).containsExactly(303 - sent);
  }

  @Test
  void renumbering_keeps_every_machine_s_last_state_whichever_events_are_left() {
    // Of the first machine the first event is left, of the second the last one.
    outbox.append(of("first", 0, MachineStatus.OCCUPIED)).join();
    outbox.append(of("second", 1, MachineStatus.OCCUPIED)).join();
    outbox.append(of("first", 2, MachineStatus.FREE)).join();
    outbox.append(of("second", 3, MachineStatus.FREE)).join();
    outbox.append(of("third", 4, MachineStatus.FREE)).join();
    outbox.append(of("third", 5, MachineStatus.OCCUPIED)).join();
    outbox.reserve(new Sequence(6)).join();
    outbox.acknowledge(List.of(SeqRange.of(2, 3), SeqRange.of(5, 6))).join();
    outbox.quarantine(new Sequence(1), "outbox-conflict: in use").join();
    outbox.quarantine(new Sequence(4), "outbox-conflict: in use").join();
    Map<MachineId, Occurrence> before = outbox.lastStates();
    assertThat(outbox.renumber().join()).isTrue();
    assertThat(outbox.lastStates()).isEqualTo(before);
    outbox = reopened(outbox, OutboxSettings.Limits.DEFAULT);
    assertThat(outbox.lastStates()).isEqualTo(before);
    outbox.acknowledge(List.of(SeqRange.of(1, 2))).join();
    outbox = reopened(outbox, OutboxSettings.Limits.DEFAULT);
    assertThat(outbox.lastStates()).isEqualTo(before);
  }

  @Test
  void renumbering_keeps_content_and_order_of_summaries_and_of_events_without_wall_time() {
    useSmallOutbox();
    for (int i = 0; i < 600; i++) {
      outbox.append(minutely(i)).join();
    }
    outbox.append(unstamped(LATER, 10)).join();
    outbox.append(unstamped(LATER, 20)).join();
    // From there on nothing more is coalesced.
    await().untilAsserted(() -> assertThat(outbox.counts().waiting()).isLessThanOrEqualTo(90));
    List<MachineEvent> before = outbox.peek(0, 100);
    MachineEvent stored = before.getFirst();
    MachineEvent conflicting = before.get(1);
    assertThat(List.of(stored, conflicting)).allMatch(it -> it.summary().isPresent());
    outbox.acknowledge(List.of(stored.standsFor())).join();
    outbox.quarantine(conflicting.seq(), "outbox-conflict: in use").join();
    assertThat(outbox.renumber().join()).isTrue();

    long gone = stored.seq().value();
    List<MachineEvent> moved =
        before.subList(1, before.size()).stream().map(it -> moved(it, gone)).toList();
    assertThat(outbox.peek(0, 100)).isEqualTo(moved);
    assertThat(outbox.counts().recorded()).isEqualTo(602 - gone);
    assertThat(outbox.counts().waiting()).isEqualTo(moved.size() + 2);
    outbox = reopened(outbox, SMALL);
    assertThat(outbox.peek(0, 100)).isEqualTo(moved);

    Instant booted = NOON.plusSeconds(50_000);
    assertThat(outbox.setBootTime(LATER, booted).join()).isEqualTo(2);
    assertThat(outbox.peek(600 - gone, 10))
        .extracting(it -> it.seq().value(), MachineEvent::at)
        .containsExactly(
            tuple(601 - gone, booted.plusSeconds(10)), tuple(602 - gone, booted.plusSeconds(20)));
    OutboxAudit.check(outbox, Set.of(), Set.of());
  }

  private static MachineEvent moved(MachineEvent it, long by) {
    Optional<Summary> summary =
        it.summary()
            .map(
                s ->
                    new Summary(
                        new Sequence(s.first().value() - by),
                        s.from(),
                        s.occupied(),
                        s.free(),
                        s.unknown(),
                        s.transitions()));
    return new MachineEvent(
        new Sequence(it.seq().value() - by),
        it.machine(),
        it.status(),
        it.reason(),
        it.at(),
        it.quality(),
        summary);
  }

  private static Occurrence of(String machine, int second, MachineStatus status) {
    return new Occurrence(new MachineId(machine), status, Optional.empty(), stamp(second));
  }

  @Test
  void a_renumbered_outbox_is_coalesced_even_if_the_old_one_had_nothing_left_to_coalesce() {
    useSmallOutbox();
    append(outbox, 90);
    outbox.acknowledge(List.of(SeqRange.of(1, 90))).join();
    append(outbox, 90);
    outbox.acknowledge(List.of(SeqRange.of(91, 180))).join();
    append(outbox, 1);
    outbox.reserve(new Sequence(181)).join();
    // All of these may have been sent, so nothing can be won.
    append(outbox, 95);
    outbox.acknowledge(List.of(SeqRange.of(181, 275))).join();
    outbox.quarantine(new Sequence(276), "outbox-conflict: in use").join();
    assertThat(outbox.renumber().join()).isTrue();

    List<CompletableFuture<Sequence>> appends =
        IntStream.range(0, 150).mapToObj(it -> outbox.append(minutely(it))).toList();
    await().until(() -> appends.getLast().isDone());
    assertThat(outbox.counts().recorded()).isEqualTo(151);
    assertThat(outbox.counts().coalesced()).isPositive();
  }

  @Test
  void a_renumbered_outbox_does_not_coalesce_across_an_event_that_stays_quarantined() {
    useSmallOutbox();
    append(outbox, 3);
    outbox.reserve(new Sequence(3)).join();
    outbox.quarantine(new Sequence(1), "outbox-conflict: in use").join();
    outbox.quarantine(new Sequence(2), "unknown-machine: on no plan").join();
    outbox.acknowledge(List.of(SeqRange.of(3, 3))).join();
    assertThat(outbox.renumber().join()).isTrue();

    List<CompletableFuture<Sequence>> appends =
        IntStream.range(0, 150).mapToObj(it -> outbox.append(minutely(it))).toList();
    await().until(() -> appends.getLast().isDone());
    assertThat(outbox.counts().coalesced()).isPositive();
    assertThat(outbox.release(List.of(SeqRange.of(2, 2))).join()).isEqualTo(1);
    OutboxAudit.check(outbox, Set.of(), Set.of());
  }
}
