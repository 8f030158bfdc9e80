package io.gympulse.edge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.outbox.EventQueue.Counts;
import io.gympulse.edge.outbox.EventQueue.Unacknowledged;
import io.gympulse.edge.time.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What every event queue promises.
abstract class EventQueueContract extends OutboxContract {
  @Test
  void numbers_run_from_1_without_gaps_in_the_order_of_the_appends() {
    assertThat(append(outbox, 5)).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(outbox.peek(0, 10))
        .extracting(it -> it.seq().value())
        .containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void futures_complete_in_the_order_of_the_calls() {
    List<CompletableFuture<Sequence>> futures =
        IntStream.range(0, 500).mapToObj(it -> outbox.append(occurrence(it))).toList();
    assertThat(futures.stream().map(it -> it.join().value()))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 500).boxed().toList());
  }

  @Test
  void an_event_comes_back_as_it_was_appended() {
    Occurrence known = occurrence(1);
    Occurrence unknown =
        new Occurrence(
            new MachineId("bike-2"),
            MachineStatus.UNKNOWN,
            Optional.of(UnknownReason.SOURCE_DOWN),
            new Stamp(
                BOOT,
                Duration.ofMillis(7),
                Optional.of(new Stamp.Wall(NOON.plusMillis(7), TimeQuality.BOUNDED))));
    outbox.append(known).join();
    outbox.append(unknown).join();
    assertThat(outbox.peek(0, 10))
        .containsExactly(
            known.event(new Sequence(1), Optional.empty()),
            unknown.event(new Sequence(2), Optional.empty()));
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
    assertThat(outbox.counts()).isEqualTo(new Counts(6, 3, 0, 0));
    assertThat(outbox.counts().acknowledged()).isEqualTo(3);
  }

  @Test
  void acknowledging_again_or_numbers_never_assigned_is_harmless() {
    append(outbox, 3);
    outbox.acknowledge(List.of(SeqRange.of(1, 2))).join();
    outbox.acknowledge(List.of(SeqRange.of(1, 2), SeqRange.of(90, 99))).join();
    assertThat(outbox.counts()).isEqualTo(new Counts(3, 1, 0, 0));
    assertThat(append(outbox, 1)).containsExactly(4L);
  }

  @Test
  void an_acknowledgement_beyond_the_last_number_does_not_apply_to_later_events() {
    append(outbox, 2);
    outbox.acknowledge(List.of(SeqRange.of(1, 99))).join();
    append(outbox, 1);
    assertThat(seqs(outbox.peek(0, 10))).containsExactly(3L);
  }

  @Test
  void numbers_are_not_assigned_again_after_everything_was_acknowledged() {
    append(outbox, 3);
    outbox.acknowledge(List.of(SeqRange.of(1, 3))).join();
    assertThat(append(outbox, 2)).containsExactly(4L, 5L);
  }

  @Test
  void an_event_without_wall_time_is_not_returned_until_its_boot_s_start_is_known() {
    append(outbox, 2);
    outbox.append(unstamped(LATER, 10)).join();
    outbox.append(unstamped(LATER, 20)).join();
    assertThat(outbox.lastReady()).isEqualTo(2);
    assertThat(seqs(outbox.peek(0, 10))).containsExactly(1L, 2L);
    assertThat(outbox.peek(2, 10)).isEmpty();
    Instant booted = NOON.plusSeconds(5000);
    assertThat(outbox.setBootTime(LATER, booted).join()).isEqualTo(2);
    assertThat(outbox.lastReady()).isEqualTo(4);
    assertThat(outbox.peek(2, 10))
        .extracting(MachineEvent::at)
        .containsExactly(booted.plusSeconds(10), booted.plusSeconds(20));
    assertThat(outbox.peek(2, 10))
        .extracting(MachineEvent::quality)
        .containsOnly(TimeQuality.CORRECTED);
    assertThat(outbox.lastStates())
        .extractingByKey(new MachineId("rower"))
        .extracting(it -> it.stamp().wall().orElseThrow())
        .isEqualTo(new Stamp.Wall(booted.plusSeconds(20), TimeQuality.CORRECTED));
  }

  @Test
  void a_wall_time_never_changes() {
    append(outbox, 1);
    outbox.append(unstamped(LATER, 10)).join();
    outbox.setBootTime(LATER, NOON.plusSeconds(5000)).join();
    List<MachineEvent> before = outbox.peek(0, 10);
    assertThat(outbox.setBootTime(LATER, NOON.plusSeconds(6000)).join()).isZero();
    assertThat(outbox.peek(0, 10)).isEqualTo(before).hasSize(2);
  }

  @Test
  void a_boot_that_never_was_synchronised_is_placed_between_its_neighbours() {
    append(outbox, 1);
    outbox.append(unstamped(LATER, 10)).join();
    outbox.append(unstamped(LATER, 40)).join();
    outbox.append(unstamped(LATEST, 3)).join();
    assertThat(outbox.setBootTime(LATEST, NOON.plusSeconds(5000)).join()).isEqualTo(3);
    assertThat(outbox.peek(1, 10))
        .extracting(it -> it.at() + " " + it.quality())
        .containsExactly(
            NOON.plusSeconds(4970) + " BOUNDED",
            NOON.plusSeconds(5000) + " BOUNDED",
            NOON.plusSeconds(5003) + " CORRECTED");
  }

  @Test
  void an_event_appended_late_for_an_ended_unsynchronised_boot_gets_an_estimated_time() {
    outbox.markAlive(unsynchronised(LATER, 60)).join();
    outbox.setBootTime(LATEST, NOON.plusSeconds(5000)).join();
    outbox.append(unstamped(LATER, 60)).join();
    assertThat(outbox.lastReady()).isEqualTo(1);
    assertThat(outbox.peek(0, 10))
        .extracting(MachineEvent::at)
        .containsExactly(NOON.plusSeconds(5000));
  }

  @Test
  void an_event_appended_after_its_boot_s_start_became_known_is_corrected_at_once() {
    outbox.setBootTime(LATER, NOON).join();
    outbox.append(unstamped(LATER, 10)).join();
    assertThat(outbox.peek(0, 10))
        .extracting(it -> it.at() + " " + it.quality())
        .containsExactly(NOON.plusSeconds(10) + " CORRECTED");
  }

  @Test
  void events_are_unacknowledged_since_the_oldest_waiting_or_quarantined_one() {
    assertThat(outbox.unacknowledged(10)).isEqualTo(new Unacknowledged.None());
    append(outbox, 6);
    assertThat(outbox.unacknowledged(10)).isEqualTo(since(0));
    outbox.acknowledge(List.of(SeqRange.of(1, 2), SeqRange.of(4, 4))).join();
    assertThat(outbox.unacknowledged(10)).isEqualTo(since(2));
    outbox.quarantine(new Sequence(3), "unknown-machine").join();
    assertThat(outbox.unacknowledged(10)).isEqualTo(since(2));
    outbox.acknowledge(List.of(SeqRange.of(5, 6))).join();
    assertThat(outbox.unacknowledged(10)).isEqualTo(since(2));
    outbox.release(List.of(SeqRange.of(3, 3))).join();
    assertThat(outbox.unacknowledged(10)).isEqualTo(since(2));
    outbox.acknowledge(List.of(SeqRange.of(3, 3))).join();
    assertThat(outbox.unacknowledged(10)).isEqualTo(new Unacknowledged.None());
  }

  @Test
  void the_oldest_unacknowledged_event_need_not_be_the_first() {
    outbox.append(occurrence(50)).join();
    outbox.append(occurrence(20)).join();
    assertThat(outbox.unacknowledged(10)).isEqualTo(since(20));
  }

  @Test
  void more_unacknowledged_events_than_the_limit_are_not_read() {
    append(outbox, 4);
    outbox.quarantine(new Sequence(4), "unknown-machine").join();
    assertThat(outbox.unacknowledged(4)).isEqualTo(since(0));
    assertThat(outbox.unacknowledged(3)).isEqualTo(new Unacknowledged.Unknown());
    outbox.acknowledge(List.of(SeqRange.of(1, 1))).join();
    assertThat(outbox.unacknowledged(3)).isEqualTo(since(1));
  }

  @Test
  void with_events_without_wall_time_it_is_unknown_since_when_they_are_unacknowledged() {
    append(outbox, 1);
    outbox.append(unstamped(LATER, 10)).join();
    assertThat(outbox.unacknowledged(10)).isEqualTo(new Unacknowledged.Unknown());
    outbox.setBootTime(LATER, NOON.plusSeconds(5000)).join();
    outbox.acknowledge(List.of(SeqRange.of(1, 1))).join();
    assertThat(outbox.unacknowledged(10)).isEqualTo(since(5010));
  }

  @Test
  void coalesced_events_are_unacknowledged_since_the_first_one_that_a_summary_stands_for() {
    useSmallOutbox();
    for (int i = 0; i < 1_000; i++) {
      outbox.append(minutely(i)).join();
    }
    await().untilAsserted(() -> assertThat(outbox.counts().waiting()).isLessThanOrEqualTo(100));
    MachineEvent first = outbox.peek(0, 1).getFirst();
    assertThat(first.summary()).isPresent();
    assertThat(outbox.unacknowledged(1_000)).isEqualTo(since(0));
    outbox.acknowledge(List.of(first.standsFor())).join();
    Instant oldest =
        outbox.peek(0, 1_000).stream()
            .map(it -> it.summary().map(Summary::from).orElse(it.at()))
            .min(Comparator.naturalOrder())
            .orElseThrow();
    assertThat(outbox.unacknowledged(1_000)).isEqualTo(new Unacknowledged.Since(oldest));
  }

  private static Unacknowledged since(long seconds) {
    return new Unacknowledged.Since(NOON.plusSeconds(seconds));
  }

  @Test
  void a_nearly_full_outbox_keeps_the_time_in_each_status_and_every_number() {
    useSmallOutbox();
    for (int i = 0; i < 1_000; i++) {
      outbox.append(minutely(i)).join();
    }
    await().untilAsserted(() -> assertThat(outbox.counts().waiting()).isLessThanOrEqualTo(100));
    List<MachineEvent> left = outbox.peek(0, 2_000);
    assertThat(outbox.counts()).isEqualTo(new Counts(1_000, left.size(), 0, 1_000L - left.size()));
    assertThat(outbox.state()).isEqualTo(new Outbox.State.Working());
    long next = 1;
    for (MachineEvent event : left) {
      assertThat(event.standsFor().first().value()).isEqualTo(next);
      next = event.seq().value() + 1;
    }
    assertThat(next).isEqualTo(1_001);
    assertThat(OccupancyTotals.of(left))
        .isEqualTo(
            OccupancyTotals.of(
                IntStream.range(0, 1_000)
                    .mapToObj(it -> minutely(it).event(new Sequence(it + 1L), Optional.empty()))
                    .toList()));
  }

  @Test
  void events_that_may_have_been_sent_are_never_coalesced_and_a_full_outbox_waits_for_room() {
    useSmallOutbox();
    append(outbox, 50);
    outbox.reserve(new Sequence(50)).join();
    append(outbox, 50);
    List<MachineEvent> sent = outbox.peek(0, 100);
    CompletableFuture<Sequence> waiting = outbox.append(occurrence(100));
    CompletableFuture<Void> mark = outbox.markAlive(stamp(100));
    await().until(() -> outbox.state().equals(new Outbox.State.Full()));
    assertThat(waiting).isNotDone();
    assertThat(mark).isNotDone();
    assertThat(outbox.peek(0, 200)).isEqualTo(sent);
    outbox.acknowledge(List.of(SeqRange.of(1, 10))).join();
    assertThat(waiting.join()).isEqualTo(new Sequence(101));
    mark.join();
    assertThat(outbox.lastAlive()).contains(stamp(100));
    assertThat(outbox.counts()).isEqualTo(new Counts(101, 91, 0, 0));
    await().until(() -> outbox.state().equals(new Outbox.State.Working()));
  }

  @Test
  void a_closed_outbox_takes_nothing() {
    outbox.close();
    assertThatThrownBy(() -> outbox.append(occurrence(1)))
        .isInstanceOf(IllegalStateException.class);
  }
}
