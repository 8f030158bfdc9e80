package io.gympulse.cloud.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.event.EventStore.StoredEvent;
import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The contract of every adapter of the event store.
public abstract class EventStoreContract extends StoreContract {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void any_order_repetition_and_grouping_of_events_leaves_the_same_content(long seed) {
    List<MachineEvent> events =
        LongStream.rangeClosed(1, 60)
            .mapToObj(it -> event(it, BIKE, NOON.plusSeconds(it)))
            .toList();
    Random random = new Random(seed);
    List<MachineEvent> arriving = new ArrayList<>(events);
    arriving.addAll(events.subList(10, 40));
    Collections.shuffle(arriving, random);
    for (int from = 0; from < arriving.size(); ) {
      int to = Math.min(arriving.size(), from + 1 + random.nextInt(12));
      store.events().store(GATEWAY, OUTBOX, arriving.subList(from, to));
      from = to;
    }
    List<StoredEvent> stored = new ArrayList<>();
    store.events().forEach(stored::add);
    assertThat(stored).isEqualTo(events.stream().map(it -> new StoredEvent(OUTBOX, it)).toList());
    assertThat(store.events().count()).isEqualTo(60);
    assertThat(store.events().stored(OUTBOX)).containsExactly(SeqRange.of(1, 60));
  }

  @Test
  void the_same_sequence_number_of_another_outbox_is_another_event() {
    store.events().store(GATEWAY, OUTBOX, List.of(event(1, BIKE, NOON)));
    store.events().store(GATEWAY, OutboxId.random(), List.of(event(1, BIKE, NOON)));
    assertThat(store.events().count()).isEqualTo(2);
  }

  @Test
  void another_event_with_a_stored_number_is_refused_and_the_first_is_kept() {
    MachineEvent first = event(1, BIKE, NOON);
    MachineEvent other = event(1, BIKE, NOON.plusSeconds(1));
    MachineEvent summary = summed(1, 1, NOON.plusSeconds(600), Duration.ofSeconds(4));
    MachineEvent next = event(2, BIKE, NOON.plusSeconds(2));
    assertThat(store.events().store(GATEWAY, OUTBOX, List.of(first))).isEmpty();
    assertThat(store.events().store(GATEWAY, OUTBOX, List.of(other, next))).containsExactly(other);
    assertThat(store.events().store(GATEWAY, OUTBOX, List.of(summary))).containsExactly(summary);
    assertThat(store.events().store(GATEWAY, OUTBOX, List.of(first, next))).isEmpty();
    assertThat(all()).containsExactly(first, next);
  }

  @Test
  void of_two_events_under_one_number_in_one_write_one_is_refused() {
    MachineEvent first = event(1, BIKE, NOON);
    MachineEvent other = event(1, BIKE, NOON.plusSeconds(1));
    assertThat(store.events().store(GATEWAY, OUTBOX, List.of(first, other))).containsExactly(other);
    assertThat(all()).containsExactly(first);
  }

  @Test
  void an_outbox_belongs_to_the_gateway_that_used_it_first() {
    GatewayAddress thief = new GatewayAddress(new GymId("h"), new GatewayId("h-gw"));
    MachineEvent ours = event(1, BIKE, NOON);
    List<MachineEvent> theirs =
        List.of(event(1, ROWER, NOON), event(2, BIKE, NOON), event(3, ROWER, NOON));
    store.events().store(GATEWAY, OUTBOX, List.of(ours));
    assertThat(store.events().store(thief, OUTBOX, theirs))
        .containsExactlyInAnyOrderElementsOf(theirs);
    assertThat(store.events().store(GATEWAY, OUTBOX, List.of(event(2, BIKE, NOON)))).isEmpty();
    assertThat(all()).containsExactly(ours, event(2, BIKE, NOON));
  }

  @Test
  void what_an_outbox_s_owner_has_stored_is_not_refused_to_another_gateway() {
    GatewayAddress renamed = new GatewayAddress(GATEWAY.gym(), new GatewayId("g-gw-2"));
    store.events().store(GATEWAY, OUTBOX, List.of(event(1, BIKE, NOON)));
    assertThat(
            store
                .events()
                .store(renamed, OUTBOX, List.of(event(1, BIKE, NOON), event(2, BIKE, NOON))))
        .containsExactly(event(2, BIKE, NOON));
  }

  private List<MachineEvent> all() {
    List<MachineEvent> all = new ArrayList<>();
    store.events().forEach(it -> all.add(it.event()));
    return all;
  }

  @Test
  void stored_ranges_show_the_gaps() {
    List<MachineEvent> events =
        LongStream.of(1, 2, 3, 7, 9, 10).mapToObj(it -> event(it, BIKE, NOON)).toList();
    store.events().store(GATEWAY, OUTBOX, events);
    assertThat(store.events().stored(OUTBOX))
        .containsExactly(SeqRange.of(1, 3), SeqRange.of(7, 7), SeqRange.of(9, 10));
    assertThat(store.events().stored(OutboxId.random())).isEmpty();
  }

  @Test
  void an_event_reads_back_as_it_was_stored() {
    MachineEvent unknown =
        new MachineEvent(
            new Sequence(5),
            ROWER,
            MachineStatus.UNKNOWN,
            Optional.of(UnknownReason.SENSOR_STUCK),
            NOON.plusMillis(7),
            TimeQuality.BOUNDED);
    store.events().store(GATEWAY, OUTBOX, List.of(unknown));
    List<StoredEvent> stored = new ArrayList<>();
    store.events().forEach(stored::add);
    assertThat(stored).containsExactly(new StoredEvent(OUTBOX, unknown));
  }

  @Test
  void a_summary_event_is_stored_and_stands_for_the_numbers_of_its_range() {
    MachineEvent busy = summed(12, 3, NOON.plusSeconds(600), Duration.ofSeconds(90));
    MachineEvent takenOver = summed(20, 15, NOON.plusSeconds(700), Duration.ZERO);
    store.events().store(GATEWAY, OUTBOX, List.of(busy));
    store.events().store(GATEWAY, OUTBOX, List.of(event(2, BIKE, NOON), busy));
    store.events().store(GATEWAY, OUTBOX, List.of(event(13, ROWER, NOON), takenOver));
    List<StoredEvent> stored = new ArrayList<>();
    store.events().forEach(stored::add);
    assertThat(stored)
        .extracting(StoredEvent::event)
        .containsExactly(event(2, BIKE, NOON), busy, event(13, ROWER, NOON), takenOver);
    assertThat(store.events().count()).isEqualTo(4);
    assertThat(store.events().stored(OUTBOX))
        .containsExactly(SeqRange.of(2, 13), SeqRange.of(15, 20));
    assertThat(store.events().history(BIKE, NOON, NOON.plusSeconds(3600)))
        .extracting(HistoryEntry::summary)
        .containsExactly(Optional.empty(), busy.summary(), takenOver.summary());
  }

  private static MachineEvent summed(long seq, long first, Instant at, Duration occupied) {
    Duration free = occupied.dividedBy(2);
    Instant from = at.minus(occupied).minus(free);
    return new MachineEvent(
        new Sequence(seq),
        BIKE,
        MachineStatus.OCCUPIED,
        Optional.empty(),
        at,
        TimeQuality.CORRECTED,
        Optional.of(
            new Summary(new Sequence(first), from, occupied, free, Duration.ZERO, (int) first)));
  }

  @Test
  void history_contains_one_machine_s_changes_within_the_span_oldest_first() {
    store
        .events()
        .store(
            GATEWAY,
            OUTBOX,
            List.of(
                event(1, BIKE, NOON.minusMillis(1)),
                event(2, BIKE, NOON),
                event(3, ROWER, NOON),
                event(4, BIKE, NOON.plusSeconds(60))));
    StatusReport report =
        new StatusReport(GATEWAY.gym(), BIKE, MachineStatus.FREE, NOON.plusSeconds(30));
    store.events().store(report);
    store.events().store(report);
    assertThat(store.events().history(BIKE, NOON, NOON.plusSeconds(60)))
        .extracting(it -> it.at())
        .containsExactly(NOON, NOON.plusSeconds(30));
  }

  @Test
  void history_of_one_moment_is_in_the_order_of_numbers_and_outboxes() {
    OutboxId one = new OutboxId(UUID.fromString("00000000-0000-4000-8000-000000000001"));
    OutboxId other = new OutboxId(UUID.fromString("f0000000-0000-4000-8000-000000000002"));
    StatusReport busy = new StatusReport(GATEWAY.gym(), BIKE, MachineStatus.OCCUPIED, NOON);
    StatusReport free = new StatusReport(GATEWAY.gym(), BIKE, MachineStatus.FREE, NOON);
    store.events().store(GATEWAY, other, List.of(event(10, BIKE, NOON), event(1, BIKE, NOON)));
    store.events().store(busy);
    store.events().store(GATEWAY, one, List.of(event(9, BIKE, NOON), event(1, BIKE, NOON)));
    store.events().store(free);
    assertThat(store.events().history(BIKE, NOON, NOON.plusMillis(1)))
        .containsExactly(
            HistoryEntry.of(free),
            HistoryEntry.of(busy),
            HistoryEntry.of(one, event(1, BIKE, NOON)),
            HistoryEntry.of(other, event(1, BIKE, NOON)),
            HistoryEntry.of(one, event(9, BIKE, NOON)),
            HistoryEntry.of(other, event(10, BIKE, NOON)));
    assertThat(store.events().lastBefore(BIKE, NOON.plusMillis(1)))
        .contains(HistoryEntry.of(other, event(10, BIKE, NOON)));
  }

  @Test
  void the_last_change_before_a_moment_is_of_that_machine_and_before_it() {
    store.events().store(GATEWAY, OUTBOX, List.of(event(1, BIKE, NOON), event(2, ROWER, NOON)));
    StatusReport report =
        new StatusReport(GATEWAY.gym(), BIKE, MachineStatus.FREE, NOON.plusSeconds(30));
    store.events().store(report);
    assertThat(store.events().lastBefore(BIKE, NOON)).isEmpty();
    assertThat(store.events().lastBefore(BIKE, NOON.plusSeconds(30)))
        .contains(HistoryEntry.of(OUTBOX, event(1, BIKE, NOON)));
    assertThat(store.events().lastBefore(BIKE, NOON.plusSeconds(31)))
        .contains(HistoryEntry.of(report));
    assertThat(store.events().lastBefore(ROWER, NOON.plusSeconds(31)))
        .contains(HistoryEntry.of(OUTBOX, event(2, ROWER, NOON)));
  }
}
