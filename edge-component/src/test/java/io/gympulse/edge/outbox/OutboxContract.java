package io.gympulse.edge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every outbox promises.
abstract class OutboxContract {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final BootId BOOT = new BootId("boot-1");
  static final BootId LATER = new BootId("boot-2");
  static final BootId LATEST = new BootId("boot-3");
  private Outbox outbox;

  abstract Outbox open(OutboxLimits limits);

  /// Closed and opened anew, if it outlives that.
  abstract Outbox reopened(Outbox it, OutboxLimits limits);

  @BeforeEach
  void openIt() {
    outbox = open(OutboxLimits.DEFAULT);
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
            new Stamp(
                BOOT,
                Duration.ofMillis(7),
                Optional.of(new Stamp.Wall(NOON.plusMillis(7), TimeQuality.BOUNDED))));
    outbox.append(known).join();
    outbox.append(unknown).join();
    assertThat(outbox.peek(0, 10))
        .containsExactly(
            new HeldEvent(new Sequence(1), known).event(),
            new HeldEvent(new Sequence(2), unknown).event());
  }

  @Test
  void a_copied_outbox_goes_on_as_a_new_one_with_what_was_never_stored() {
    OutboxId before = outbox.id();
    append(outbox, 300);
    outbox.reserve(new Sequence(4)).join();
    long sent = outbox.reserved();
    assertThat(sent).isBetween(4L, 299L);
    List<MachineEvent> all = outbox.peek(0, 300);
    assertThat(outbox.renew().join()).isFalse();

    outbox.quarantine(new Sequence(2), "outbox-conflict: number 2 is taken").join();
    outbox.quarantine(new Sequence(3), "unknown-machine: on no plan").join();

    assertThat(outbox.copied()).isTrue();
    assertThatThrownBy(() -> outbox.reserve(new Sequence(sent + 1)).join())
        .hasCauseInstanceOf(OutboxException.class);
    outbox.reserve(new Sequence(sent)).join();
    assertThat(outbox.renew().join()).isFalse();
    assertThat(outbox.id()).isEqualTo(before);

    outbox.acknowledge(List.of(SeqRange.of(1, 1), SeqRange.of(4, sent))).join();

    assertThat(outbox.renew().join()).isTrue();
    assertThat(outbox.id()).isNotEqualTo(before);
    assertThat(outbox.copied()).isFalse();
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
    assertThat(outbox.counts()).isEqualTo(new OutboxCounts(302 - sent, 301 - sent, 1, 0));
    assertThat(outbox.reserved()).isEqualTo(2);
    assertThat(append(outbox, 1)).containsExactly(303 - sent);
  }

  @Test
  void a_machine_s_last_state_is_the_last_one_in_the_new_outbox_too() {
    Occurrence early = occurrence(1);
    Occurrence late = occurrence(3);
    outbox.append(early).join();
    outbox.append(late).join();
    outbox.reserve(new Sequence(2)).join();
    outbox.acknowledge(List.of(SeqRange.of(2, 2))).join();
    outbox.quarantine(new Sequence(1), "outbox-conflict: taken").join();
    assertThat(outbox.renew().join()).isTrue();
    assertThat(outbox.lastStates().values()).containsExactly(late);
    assertThat(outbox.peek(0, 9)).containsExactly(new HeldEvent(new Sequence(1), early).event());
    outbox = reopened(outbox, OutboxLimits.DEFAULT);
    assertThat(outbox.lastStates().values()).containsExactly(late);
    outbox.acknowledge(List.of(SeqRange.of(1, 1))).join();
    outbox = reopened(outbox, OutboxLimits.DEFAULT);
    assertThat(outbox.lastStates().values()).containsExactly(late);
    Occurrence latest = occurrence(5);
    assertThat(outbox.append(latest).join()).isEqualTo(new Sequence(2));
    outbox = reopened(outbox, OutboxLimits.DEFAULT);
    assertThat(outbox.lastStates().values()).containsExactly(latest);
    outbox.acknowledge(List.of(SeqRange.of(2, 2))).join();
    outbox = reopened(outbox, OutboxLimits.DEFAULT);
    assertThat(outbox.lastStates().values()).containsExactly(latest);
  }

  @Test
  void every_machine_s_last_state_outlives_a_new_outbox_whichever_events_are_left() {
    // Of the first machine the first event is left, of the second the last one.
    outbox.append(of("first", 0, MachineStatus.OCCUPIED)).join();
    outbox.append(of("second", 1, MachineStatus.OCCUPIED)).join();
    outbox.append(of("first", 2, MachineStatus.FREE)).join();
    outbox.append(of("second", 3, MachineStatus.FREE)).join();
    outbox.append(of("third", 4, MachineStatus.FREE)).join();
    outbox.append(of("third", 5, MachineStatus.OCCUPIED)).join();
    outbox.reserve(new Sequence(6)).join();
    outbox.acknowledge(List.of(SeqRange.of(2, 3), SeqRange.of(5, 6))).join();
    outbox.quarantine(new Sequence(1), "outbox-conflict: taken").join();
    outbox.quarantine(new Sequence(4), "outbox-conflict: taken").join();
    Map<MachineId, Occurrence> before = outbox.lastStates();
    assertThat(outbox.renew().join()).isTrue();
    assertThat(outbox.lastStates()).isEqualTo(before);
    outbox = reopened(outbox, OutboxLimits.DEFAULT);
    assertThat(outbox.lastStates()).isEqualTo(before);
    outbox.acknowledge(List.of(SeqRange.of(1, 2))).join();
    outbox = reopened(outbox, OutboxLimits.DEFAULT);
    assertThat(outbox.lastStates()).isEqualTo(before);
  }

  @Test
  void summaries_and_events_without_wall_time_keep_content_and_order_in_a_new_outbox() {
    OutboxLimits limits = new OutboxLimits(100, 40);
    closeIt();
    outbox = open(limits);
    for (int i = 0; i < 600; i++) {
      outbox.append(minutely(i)).join();
    }
    outbox.append(unstamped(LATER, 10)).join();
    outbox.append(unstamped(LATER, 20)).join();
    // From there on nothing more is coalesced.
    await().untilAsserted(() -> assertThat(outbox.counts().waiting()).isLessThanOrEqualTo(90));
    List<MachineEvent> before = outbox.peek(0, 100);
    MachineEvent stored = before.getFirst();
    MachineEvent taken = before.get(1);
    assertThat(List.of(stored, taken)).allMatch(it -> it.summary().isPresent());
    outbox.acknowledge(List.of(stored.standsFor())).join();
    outbox.quarantine(taken.seq(), "outbox-conflict: taken").join();
    assertThat(outbox.renew().join()).isTrue();

    long gone = stored.seq().value();
    List<MachineEvent> moved =
        before.subList(1, before.size()).stream().map(it -> moved(it, gone)).toList();
    assertThat(outbox.peek(0, 100)).isEqualTo(moved);
    assertThat(outbox.counts().recorded()).isEqualTo(602 - gone);
    assertThat(outbox.counts().waiting()).isEqualTo(moved.size() + 2);
    outbox = reopened(outbox, limits);
    assertThat(outbox.peek(0, 100)).isEqualTo(moved);

    Instant booted = NOON.plusSeconds(50_000);
    assertThat(outbox.synchronised(LATER, booted).join()).isEqualTo(2);
    assertThat(outbox.peek(600 - gone, 10))
        .extracting(it -> it.seq().value(), MachineEvent::at)
        .containsExactly(
            tuple(601 - gone, booted.plusSeconds(10)), tuple(602 - gone, booted.plusSeconds(20)));
    Accounts.check(outbox, Set.of(), Set.of());
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
  void a_new_outbox_is_coalesced_whatever_the_old_one_had_left_to_coalesce() {
    closeIt();
    outbox = open(new OutboxLimits(100, 40));
    append(outbox, 90);
    outbox.acknowledge(List.of(SeqRange.of(1, 90))).join();
    append(outbox, 90);
    outbox.acknowledge(List.of(SeqRange.of(91, 180))).join();
    append(outbox, 1);
    outbox.reserve(new Sequence(181)).join();
    // All of these may have been sent, so nothing can be won.
    append(outbox, 95);
    outbox.acknowledge(List.of(SeqRange.of(181, 275))).join();
    outbox.quarantine(new Sequence(276), "outbox-conflict: taken").join();
    assertThat(outbox.renew().join()).isTrue();

    List<CompletableFuture<Sequence>> appends =
        IntStream.range(0, 150).mapToObj(it -> outbox.append(minutely(it))).toList();
    await().until(() -> appends.getLast().isDone());
    assertThat(outbox.counts().recorded()).isEqualTo(151);
    assertThat(outbox.counts().coalesced()).isPositive();
  }

  @Test
  void events_are_not_coalesced_across_one_that_stays_apart_in_a_new_outbox() {
    closeIt();
    outbox = open(new OutboxLimits(100, 40));
    append(outbox, 3);
    outbox.reserve(new Sequence(3)).join();
    outbox.quarantine(new Sequence(1), "outbox-conflict: taken").join();
    outbox.quarantine(new Sequence(2), "unknown-machine: on no plan").join();
    outbox.acknowledge(List.of(SeqRange.of(3, 3))).join();
    assertThat(outbox.renew().join()).isTrue();

    List<CompletableFuture<Sequence>> appends =
        IntStream.range(0, 150).mapToObj(it -> outbox.append(minutely(it))).toList();
    await().until(() -> appends.getLast().isDone());
    assertThat(outbox.counts().coalesced()).isPositive();
    assertThat(outbox.release(List.of(SeqRange.of(2, 2))).join()).isEqualTo(1);
    Accounts.check(outbox, Set.of(), Set.of());
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
    assertThat(outbox.counts()).isEqualTo(new OutboxCounts(6, 3, 0, 0));
    assertThat(outbox.counts().acknowledged()).isEqualTo(3);
  }

  @Test
  void acknowledging_again_or_what_never_was_is_harmless() {
    append(outbox, 3);
    outbox.acknowledge(List.of(SeqRange.of(1, 2))).join();
    outbox.acknowledge(List.of(SeqRange.of(1, 2), SeqRange.of(90, 99))).join();
    assertThat(outbox.counts()).isEqualTo(new OutboxCounts(3, 1, 0, 0));
    assertThat(append(outbox, 1)).containsExactly(4L);
  }

  @Test
  void a_quarantined_event_waits_no_more_and_is_counted() {
    append(outbox, 3);
    outbox.quarantine(new Sequence(2), "unknown-machine").join();
    outbox.quarantine(new Sequence(2), "unknown-machine").join();
    assertThat(seqs(outbox.peek(0, 10))).containsExactly(1L, 3L);
    outbox.acknowledge(List.of(SeqRange.of(1, 3))).join();
    assertThat(outbox.counts()).isEqualTo(new OutboxCounts(3, 0, 1, 0));
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
        .containsValue(occurrence(3));
  }

  @Test
  void the_alive_mark_never_moves_back() {
    assertThat(outbox.lastAlive()).isEmpty();
    outbox.markAlive(stamp(600)).join();
    outbox.markAlive(stamp(540)).join();
    assertThat(outbox.lastAlive()).contains(stamp(600));
  }

  @Test
  void a_mark_of_a_later_boot_is_later_whatever_its_time() {
    outbox.markAlive(stamp(600)).join();
    outbox.markAlive(unsynchronised(LATER, 5)).join();
    outbox.markAlive(stamp(700)).join();
    assertThat(outbox.lastAlive()).contains(unsynchronised(LATER, 5));
    outbox.synchronised(LATER, NOON.plusSeconds(1000)).join();
    assertThat(outbox.lastAlive())
        .contains(unsynchronised(LATER, 5).bootedAt(NOON.plusSeconds(1000), TimeQuality.CORRECTED));
  }

  @Test
  void what_has_no_wall_time_is_not_shown_until_the_boot_is_known() {
    append(outbox, 2);
    outbox.append(unstamped(LATER, 10)).join();
    outbox.append(unstamped(LATER, 20)).join();
    assertThat(outbox.ready()).isEqualTo(2);
    assertThat(seqs(outbox.peek(0, 10))).containsExactly(1L, 2L);
    assertThat(outbox.peek(2, 10)).isEmpty();
    Instant booted = NOON.plusSeconds(5000);
    assertThat(outbox.synchronised(LATER, booted).join()).isEqualTo(2);
    assertThat(outbox.ready()).isEqualTo(4);
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
  void a_wall_time_once_given_never_changes() {
    append(outbox, 1);
    outbox.append(unstamped(LATER, 10)).join();
    outbox.synchronised(LATER, NOON.plusSeconds(5000)).join();
    List<MachineEvent> before = outbox.peek(0, 10);
    assertThat(outbox.synchronised(LATER, NOON.plusSeconds(6000)).join()).isZero();
    assertThat(outbox.peek(0, 10)).isEqualTo(before).hasSize(2);
  }

  @Test
  void a_boot_that_never_was_synchronised_lies_between_its_neighbours() {
    append(outbox, 1);
    outbox.append(unstamped(LATER, 10)).join();
    outbox.append(unstamped(LATER, 40)).join();
    outbox.append(unstamped(LATEST, 3)).join();
    assertThat(outbox.synchronised(LATEST, NOON.plusSeconds(5000)).join()).isEqualTo(3);
    assertThat(outbox.peek(1, 10))
        .extracting(it -> it.at() + " " + it.quality())
        .containsExactly(
            NOON.plusSeconds(4970) + " BOUNDED",
            NOON.plusSeconds(5000) + " BOUNDED",
            NOON.plusSeconds(5003) + " CORRECTED");
  }

  @Test
  void an_event_of_a_bygone_boot_that_comes_late_is_shown_all_the_same() {
    outbox.markAlive(unsynchronised(LATER, 60)).join();
    outbox.synchronised(LATEST, NOON.plusSeconds(5000)).join();
    outbox.append(unstamped(LATER, 60)).join();
    assertThat(outbox.ready()).isEqualTo(1);
    assertThat(outbox.peek(0, 10))
        .extracting(MachineEvent::at)
        .containsExactly(NOON.plusSeconds(5000));
  }

  @Test
  void an_event_that_comes_after_its_boot_became_known_is_corrected_at_once() {
    outbox.synchronised(LATER, NOON).join();
    outbox.append(unstamped(LATER, 10)).join();
    assertThat(outbox.peek(0, 10))
        .extracting(it -> it.at() + " " + it.quality())
        .containsExactly(NOON.plusSeconds(10) + " CORRECTED");
  }

  @Test
  void a_released_event_waits_again_as_it_was() {
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
    assertThat(outbox.counts()).isEqualTo(new OutboxCounts(3, 2, 1, 0));
    outbox.acknowledge(List.of(SeqRange.of(1, 3))).join();
    assertThat(outbox.counts()).isEqualTo(new OutboxCounts(3, 0, 1, 0));
  }

  @Test
  void what_is_not_acknowledged_is_unstored_since_its_oldest_event() {
    assertThat(outbox.unstored(10)).isEqualTo(new Unstored.Nothing());
    append(outbox, 6);
    assertThat(outbox.unstored(10)).isEqualTo(since(0));
    outbox.acknowledge(List.of(SeqRange.of(1, 2), SeqRange.of(4, 4))).join();
    assertThat(outbox.unstored(10)).isEqualTo(since(2));
    outbox.quarantine(new Sequence(3), "unknown-machine").join();
    assertThat(outbox.unstored(10)).isEqualTo(since(2));
    outbox.acknowledge(List.of(SeqRange.of(5, 6))).join();
    assertThat(outbox.unstored(10)).isEqualTo(since(2));
    outbox.release(List.of(SeqRange.of(3, 3))).join();
    assertThat(outbox.unstored(10)).isEqualTo(since(2));
    outbox.acknowledge(List.of(SeqRange.of(3, 3))).join();
    assertThat(outbox.unstored(10)).isEqualTo(new Unstored.Nothing());
  }

  @Test
  void the_oldest_need_not_be_the_first() {
    outbox.append(occurrence(50)).join();
    outbox.append(occurrence(20)).join();
    assertThat(outbox.unstored(10)).isEqualTo(since(20));
  }

  @Test
  void too_many_are_not_looked_through() {
    append(outbox, 4);
    outbox.quarantine(new Sequence(4), "unknown-machine").join();
    assertThat(outbox.unstored(4)).isEqualTo(since(0));
    assertThat(outbox.unstored(3)).isEqualTo(new Unstored.Uncertain());
    outbox.acknowledge(List.of(SeqRange.of(1, 1))).join();
    assertThat(outbox.unstored(3)).isEqualTo(since(1));
  }

  @Test
  void nobody_knows_since_when_events_without_wall_time_are_unstored() {
    append(outbox, 1);
    outbox.append(unstamped(LATER, 10)).join();
    assertThat(outbox.unstored(10)).isEqualTo(new Unstored.Uncertain());
    outbox.synchronised(LATER, NOON.plusSeconds(5000)).join();
    outbox.acknowledge(List.of(SeqRange.of(1, 1))).join();
    assertThat(outbox.unstored(10)).isEqualTo(since(5010));
  }

  @Test
  void coalesced_events_are_unstored_since_the_first_that_one_stands_for() {
    closeIt();
    outbox = open(new OutboxLimits(100, 40));
    for (int i = 0; i < 1_000; i++) {
      outbox.append(minutely(i)).join();
    }
    await().untilAsserted(() -> assertThat(outbox.counts().waiting()).isLessThanOrEqualTo(100));
    MachineEvent first = outbox.peek(0, 1).getFirst();
    assertThat(first.summary()).isPresent();
    assertThat(outbox.unstored(1_000)).isEqualTo(since(0));
    outbox.acknowledge(List.of(first.standsFor())).join();
    Instant oldest =
        outbox.peek(0, 1_000).stream()
            .map(it -> it.summary().map(Summary::from).orElse(it.at()))
            .min(Comparator.naturalOrder())
            .orElseThrow();
    assertThat(outbox.unstored(1_000)).isEqualTo(new Unstored.Since(oldest));
  }

  private static Unstored since(long seconds) {
    return new Unstored.Since(NOON.plusSeconds(seconds));
  }

  @Test
  void what_was_acknowledged_beyond_the_last_number_counts_for_nothing_to_come() {
    append(outbox, 2);
    outbox.acknowledge(List.of(SeqRange.of(1, 99))).join();
    append(outbox, 1);
    assertThat(seqs(outbox.peek(0, 10))).containsExactly(3L);
  }

  @Test
  void a_crowded_outbox_keeps_the_time_in_each_status_and_every_number() {
    closeIt();
    outbox = open(new OutboxLimits(100, 40));
    for (int i = 0; i < 1_000; i++) {
      outbox.append(minutely(i)).join();
    }
    await().untilAsserted(() -> assertThat(outbox.counts().waiting()).isLessThanOrEqualTo(100));
    List<MachineEvent> left = outbox.peek(0, 2_000);
    assertThat(outbox.counts())
        .isEqualTo(new OutboxCounts(1_000, left.size(), 0, 1_000L - left.size()));
    assertThat(outbox.state()).isEqualTo(new OutboxState.Working());
    long next = 1;
    for (MachineEvent event : left) {
      assertThat(event.standsFor().first().value()).isEqualTo(next);
      next = event.seq().value() + 1;
    }
    assertThat(next).isEqualTo(1_001);
    assertThat(Occupancy.of(left))
        .isEqualTo(
            Occupancy.of(
                IntStream.range(0, 1_000)
                    .mapToObj(it -> new HeldEvent(new Sequence(it + 1L), minutely(it)).event())
                    .toList()));
  }

  @Test
  void what_may_have_been_sent_is_never_coalesced_and_a_full_outbox_waits_for_room() {
    closeIt();
    outbox = open(new OutboxLimits(100, 40));
    append(outbox, 50);
    outbox.reserve(new Sequence(50)).join();
    append(outbox, 50);
    List<MachineEvent> sent = outbox.peek(0, 100);
    CompletableFuture<Sequence> waiting = outbox.append(occurrence(100));
    CompletableFuture<Void> mark = outbox.markAlive(stamp(100));
    await().until(() -> outbox.state().equals(new OutboxState.Full()));
    assertThat(waiting).isNotDone();
    assertThat(mark).isNotDone();
    assertThat(outbox.peek(0, 200)).isEqualTo(sent);
    outbox.acknowledge(List.of(SeqRange.of(1, 10))).join();
    assertThat(waiting.join()).isEqualTo(new Sequence(101));
    mark.join();
    assertThat(outbox.lastAlive()).contains(stamp(100));
    assertThat(outbox.counts()).isEqualTo(new OutboxCounts(101, 91, 0, 0));
    await().until(() -> outbox.state().equals(new OutboxState.Working()));
  }

  @Test
  void a_document_is_kept_until_another_takes_its_place() {
    assertThat(outbox.kept("history")).isEmpty();
    outbox.keep("history", new byte[] {1}).join();
    outbox.keep("history", new byte[] {2, 3}).join();
    outbox.keep("other", new byte[0]).join();
    assertThat(outbox.kept("history")).contains(new byte[] {2, 3});
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
        stamp(number));
  }

  /// One of a machine that changes its status each minute.
  static Occurrence minutely(int number) {
    return new Occurrence(
        new MachineId("treadmill-" + number % 2),
        number % 4 < 2 ? MachineStatus.OCCUPIED : MachineStatus.FREE,
        Optional.empty(),
        stamp(number * 30L));
  }

  /// On the synchronised clock of the boot that began at noon.
  static Stamp stamp(long seconds) {
    return new Stamp(
        BOOT,
        Duration.ofSeconds(seconds),
        Optional.of(new Stamp.Wall(NOON.plusSeconds(seconds), TimeQuality.SYNCED)));
  }

  static Stamp unsynchronised(BootId boot, long seconds) {
    return new Stamp(boot, Duration.ofSeconds(seconds), Optional.empty());
  }

  static Occurrence unstamped(BootId boot, long seconds) {
    return new Occurrence(
        new MachineId("rower"),
        MachineStatus.OCCUPIED,
        Optional.empty(),
        unsynchronised(boot, seconds));
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
