package io.gympulse.cloud.state.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.cloud.state.aggregate.Window;
import io.gympulse.cloud.state.arrears.Arrears;
import io.gympulse.cloud.state.arrears.Mark;
import io.gympulse.cloud.state.coverage.Coverage;
import io.gympulse.cloud.state.current.CurrentState;
import io.gympulse.cloud.state.event.HistoryEntry;
import io.gympulse.cloud.state.event.StoredEvent;
import io.gympulse.cloud.state.floor.PlanConflictException;
import io.gympulse.cloud.state.floor.UnregisteredMachine;
import io.gympulse.cloud.state.gateway.Gateway;
import io.gympulse.cloud.state.presence.GatewayPresence;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every adapter of the store promises.
public abstract class CloudStoreContract {
  protected static final GatewayAddress GATEWAY =
      new GatewayAddress(new GymId("g"), new GatewayId("g-gw"));
  protected static final MachineId BIKE = new MachineId("bike");
  protected static final MachineId ROWER = new MachineId("rower");
  protected static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final OutboxId OUTBOX = OutboxId.random();

  private CloudStore store = open();

  /// A new, empty store.
  protected abstract CloudStore open();

  @BeforeEach
  void openStore() {
    store.close();
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

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
  void an_event_that_stands_for_others_is_stored_with_its_summary_and_answers_for_their_numbers() {
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
  void history_is_one_machine_s_within_the_span_oldest_first() {
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
    assertThat(store.view().history(BIKE, NOON, NOON.plusSeconds(60))).hasSize(2);
  }

  @Test
  void the_newest_state_wins_whatever_the_order_of_arrival() {
    List<CurrentState> offered =
        new ArrayList<>(
            List.of(
                state(BIKE, MachineStatus.FREE, NOON, NOON, 1),
                state(BIKE, MachineStatus.OCCUPIED, NOON.plusSeconds(1), NOON.plusSeconds(1), 2),
                state(BIKE, MachineStatus.UNKNOWN, NOON.plusSeconds(1), NOON.plusSeconds(9), 0),
                state(BIKE, MachineStatus.FREE, NOON.plusSeconds(2), NOON.plusSeconds(2), 3),
                state(BIKE, MachineStatus.OCCUPIED, NOON.plusSeconds(2), NOON.plusSeconds(2), 4)));
    CurrentState newest = CurrentState.joined(offered).getFirst();
    assertThat(newest.seq()).isEqualTo(4);
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(offered, new Random(round));
      openStore();
      offered.forEach(it -> store.current().offer(it));
      assertThat(store.current().find(BIKE)).contains(newest);
    }
  }

  @Test
  void claims_that_contradict_each_other_are_settled_whatever_the_order_of_arrival() {
    CurrentState free = state(BIKE, MachineStatus.FREE, NOON, NOON, 0);
    CurrentState occupied = state(BIKE, MachineStatus.OCCUPIED, NOON, NOON, 0);
    store.current().offer(free);
    store.current().offer(occupied);
    Optional<CurrentState> kept = store.current().find(BIKE);
    openStore();
    store.current().offer(occupied);
    store.current().offer(free);
    assertThat(store.current().find(BIKE)).isEqualTo(kept);
  }

  @Test
  void a_machine_that_moved_to_another_gym_is_told_and_listed_there() {
    GymId other = new GymId("other");
    store.current().offer(state(BIKE, MachineStatus.FREE, NOON, NOON, 1));
    CurrentState moved =
        new CurrentState(
            BIKE,
            other,
            new CategoryId("strength"),
            MachineStatus.FREE,
            Optional.empty(),
            NOON,
            NOON.plusSeconds(60),
            0);
    assertThat(store.current().offer(moved)).isTrue();
    assertThat(store.current().ofGym(other)).containsExactly(moved);
    assertThat(store.current().ofGym(GATEWAY.gym())).isEmpty();
  }

  @Test
  void a_repeated_or_older_state_changes_nothing() {
    CurrentState state = state(BIKE, MachineStatus.FREE, NOON, NOON, 1);
    assertThat(store.current().offer(state)).isTrue();
    assertThat(store.current().offer(state)).isFalse();
    assertThat(
            store
                .current()
                .offer(state(BIKE, MachineStatus.OCCUPIED, NOON.minusSeconds(1), NOON, 9)))
        .isFalse();
  }

  @Test
  void a_later_claim_of_the_same_state_is_kept_and_tells_nobody() {
    store.current().offer(state(BIKE, MachineStatus.FREE, NOON, NOON, 1));
    CurrentState claimedAgain = state(BIKE, MachineStatus.FREE, NOON, NOON.plusSeconds(60), 0);
    assertThat(store.current().offer(claimedAgain)).isFalse();
    assertThat(store.current().find(BIKE)).contains(claimedAgain);
  }

  @Test
  void states_are_listed_by_gym() {
    store.current().offer(state(ROWER, MachineStatus.FREE, NOON, NOON, 1));
    store.current().offer(state(BIKE, MachineStatus.FREE, NOON, NOON, 2));
    assertThat(store.current().ofGym(GATEWAY.gym()))
        .extracting(CurrentState::machine)
        .containsExactly(BIKE, ROWER);
    assertThat(store.view().states(new GymId("other"))).isEmpty();
    assertThat(store.view().state(BIKE)).isPresent();
  }

  @Test
  void the_last_known_status_before_the_present_one_is_kept_whatever_the_order_of_arrival() {
    List<CurrentState> offered =
        new ArrayList<>(
            List.of(
                state(BIKE, MachineStatus.FREE, NOON, NOON, 1),
                state(BIKE, MachineStatus.OCCUPIED, NOON.plusSeconds(1), NOON.plusSeconds(1), 2),
                state(BIKE, MachineStatus.UNKNOWN, NOON.plusSeconds(2), NOON.plusSeconds(2), 3),
                state(BIKE, MachineStatus.FREE, NOON.plusSeconds(3), NOON.plusSeconds(3), 4)));
    CurrentState expected = CurrentState.joined(offered).getFirst();
    assertThat(expected.before()).contains(MachineStatus.OCCUPIED);
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(offered, new Random(round));
      openStore();
      int cut = round % 4;
      store.current().offer(offered.subList(0, cut));
      store.current().offer(offered.subList(cut, 4));
      assertThat(store.current().find(BIKE)).contains(expected);
    }
  }

  @Test
  void a_state_that_is_claimed_of_the_present_after_all_is_told() {
    CurrentState state = state(BIKE, MachineStatus.FREE, NOON, NOON, 1);
    assertThat(store.current().offer(state.past())).isTrue();
    assertThat(store.current().offer(List.of(state))).containsExactly(state);
    assertThat(store.current().offer(state.past())).isFalse();
    assertThat(store.current().find(BIKE)).contains(state);
  }

  @Test
  void of_many_claims_only_what_watchers_can_tell_is_returned() {
    store.current().offer(state(BIKE, MachineStatus.FREE, NOON, NOON, 1));
    CurrentState rowing = state(ROWER, MachineStatus.OCCUPIED, NOON.plusSeconds(1), NOON, 3);
    List<CurrentState> told =
        store
            .current()
            .offer(
                List.of(
                    state(BIKE, MachineStatus.FREE, NOON, NOON, 1),
                    state(ROWER, MachineStatus.FREE, NOON, NOON, 2),
                    rowing));
    assertThat(told).extracting(CurrentState::machine).containsExactly(ROWER);
    assertThat(told.getFirst().before()).contains(MachineStatus.FREE);
    assertThat(store.current().find(ROWER)).contains(told.getFirst());
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

  @Test
  void a_gateway_is_replaced_only_if_it_is_what_was_expected() {
    Gateway online = gateway(true, NOON);
    Gateway offline = gateway(false, NOON.plusSeconds(300));
    assertThat(store.gateways().replace(Optional.of(offline), online)).isFalse();
    assertThat(store.gateways().replace(Optional.empty(), online)).isTrue();
    assertThat(store.gateways().replace(Optional.empty(), offline)).isFalse();
    assertThat(store.gateways().replace(Optional.of(online), offline)).isTrue();
    assertThat(store.gateways().find(GATEWAY.gateway())).contains(offline);
    assertThat(store.gateways().all()).containsExactly(offline);
    assertThat(store.view().presences()).containsExactly(offline.presence().orElseThrow());
  }

  @Test
  void a_gateway_that_was_never_heard_has_a_record_and_no_presence() {
    Mark mark = new Mark(new CategoryId("cardio"), Window.of(NOON));
    Gateway unheard = Gateway.unheard(GATEWAY);
    Gateway marked =
        new Gateway(
            GATEWAY, Optional.empty(), Coverage.NONE, unheard.arrears().marked(Set.of(mark)));
    assertThat(store.gateways().replace(Optional.empty(), marked)).isTrue();
    assertThat(store.gateways().find(GATEWAY.gateway())).contains(marked);
    assertThat(store.view().presences()).isEmpty();
    Gateway heard = gateway(true, NOON);
    assertThat(store.gateways().replace(Optional.of(marked), heard)).isTrue();
    assertThat(store.view().presences()).hasSize(1);
  }

  @Test
  void a_machine_is_located_on_the_plan_that_owns_it() {
    FloorPlan plan = plan("g", "g-gw", BIKE, ROWER);
    store.floorPlans().register(plan);
    assertThat(store.floorPlans().locate(BIKE).orElseThrow().owner()).isEqualTo(plan.address());
    assertThat(store.floorPlans().locate(new MachineId("other"))).isEmpty();
    assertThat(store.floorPlans().find(new GymId("g"))).contains(plan);
    assertThat(store.view().floorPlans()).containsExactly(plan);
  }

  @Test
  void a_plan_is_replaced_by_its_gym_and_by_no_other() {
    store.floorPlans().register(plan("g", "g-gw", BIKE, ROWER));
    store.floorPlans().register(plan("g", "g-gw", BIKE));
    assertThat(store.floorPlans().locate(ROWER)).isEmpty();
    assertThatThrownBy(() -> store.floorPlans().register(plan("h", "h-gw", BIKE)))
        .isInstanceOf(PlanConflictException.class)
        .hasMessageContaining("bike");
    assertThatThrownBy(() -> store.floorPlans().register(plan("h", "g-gw", ROWER)))
        .isInstanceOf(PlanConflictException.class)
        .hasMessageContaining("g-gw");
    assertThat(store.floorPlans().all()).hasSize(1);
  }

  @Test
  void unregistered_machines_are_counted_apart() {
    store.unregistered().seen(GATEWAY.gym(), BIKE, NOON);
    store.unregistered().seen(GATEWAY.gym(), BIKE, NOON.plusSeconds(5));
    assertThat(store.unregistered().all())
        .containsExactly(
            new UnregisteredMachine(GATEWAY.gym(), BIKE, NOON, NOON.plusSeconds(5), 2));
  }

  @Test
  void what_was_interrupted_can_be_done_again() {
    Runnable writes =
        () -> {
          store.events().store(GATEWAY, OUTBOX, List.of(event(1, BIKE, NOON)));
          store.current().offer(state(BIKE, MachineStatus.FREE, NOON, NOON, 1));
        };
    assertThatThrownBy(
            () ->
                store.together(
                    () -> {
                      writes.run();
                      throw new IllegalStateException("interrupted");
                    }))
        .hasMessage("interrupted");
    store.together(writes);
    assertThat(store.events().count()).isEqualTo(1);
    assertThat(store.current().find(BIKE)).isPresent();
  }

  protected static MachineEvent event(long seq, MachineId machine, Instant at) {
    MachineStatus status = seq % 2 == 0 ? MachineStatus.FREE : MachineStatus.OCCUPIED;
    return new MachineEvent(
        new Sequence(seq), machine, status, Optional.empty(), at, TimeQuality.SYNCED);
  }

  protected static CurrentState state(
      MachineId machine, MachineStatus status, Instant since, Instant asOf, long seq) {
    return new CurrentState(
        machine,
        GATEWAY.gym(),
        new CategoryId("cardio"),
        status,
        Optional.empty(),
        since,
        asOf,
        seq);
  }

  /// With something in every field.
  private static Gateway gateway(boolean online, Instant since) {
    Mark mark = new Mark(new CategoryId("cardio"), Window.of(since));
    Coverage coverage =
        Coverage.begun(OUTBOX, since.minusSeconds(60)).join(Coverage.reached(OUTBOX, since));
    return new Gateway(
        GATEWAY,
        Optional.of(new GatewayPresence(GATEWAY, online, since, since, 3)),
        coverage,
        new Arrears(coverage, new TreeMap<>(Map.of(mark, 2L))));
  }

  private static FloorPlan plan(String gym, String gateway, MachineId... machines) {
    return new FloorPlan(
        new Gym(new GymId(gym), "Gym", 1, 2, ZoneId.of("Europe/Zurich")),
        new GatewayId(gateway),
        List.of(machines).stream()
            .map(it -> new Machine(it, new CategoryId("cardio"), "Machine", 0, 0, List.of()))
            .toList());
  }
}
