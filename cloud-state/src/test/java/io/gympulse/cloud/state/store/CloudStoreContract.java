package io.gympulse.cloud.state.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gympulse.cloud.state.current.CurrentState;
import io.gympulse.cloud.state.event.HistoryEntry;
import io.gympulse.cloud.state.event.StoredEvent;
import io.gympulse.cloud.state.feed.FeedUpdate;
import io.gympulse.cloud.state.feed.UpdateFeed;
import io.gympulse.cloud.state.floor.PlanConflictException;
import io.gympulse.cloud.state.floor.UnregisteredMachine;
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
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every adapter of the store promises.
public abstract class CloudStoreContract {
  protected static final GatewayAddress GATEWAY =
      new GatewayAddress(new GymId("g"), new GatewayId("g-gw"));
  private static final MachineId BIKE = new MachineId("bike");
  private static final MachineId ROWER = new MachineId("rower");
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
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
    CurrentState newest = offered.getLast();
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
  void a_repeated_or_older_state_changes_nothing_and_tells_nobody() {
    CurrentState state = state(BIKE, MachineStatus.FREE, NOON, NOON, 1);
    assertThat(store.current().offer(state)).isTrue();
    long position = store.feed().position();
    assertThat(store.current().offer(state)).isFalse();
    assertThat(
            store
                .current()
                .offer(state(BIKE, MachineStatus.OCCUPIED, NOON.minusSeconds(1), NOON, 9)))
        .isFalse();
    assertThat(store.feed().position()).isEqualTo(position);
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
  void a_presence_is_replaced_only_if_it_is_what_was_expected() {
    GatewayPresence online = presence(true, NOON);
    GatewayPresence offline = presence(false, NOON.plusSeconds(300));
    assertThat(store.presences().replace(Optional.of(offline), online)).isFalse();
    assertThat(store.presences().replace(Optional.empty(), online)).isTrue();
    assertThat(store.presences().replace(Optional.empty(), offline)).isFalse();
    assertThat(store.presences().replace(Optional.of(online), offline)).isTrue();
    assertThat(store.presences().find(GATEWAY.gateway())).contains(offline);
    assertThat(store.view().presences()).containsExactly(offline);
  }

  @Test
  void the_feed_delivers_what_happened_and_what_happens_in_order() {
    store.current().offer(state(BIKE, MachineStatus.FREE, NOON, NOON, 1));
    List<FeedUpdate> heard = new CopyOnWriteArrayList<>();
    try (UpdateFeed.Subscription _ = store.feed().subscribe(0, heard::add)) {
      await().until(() -> heard.size() == 1);
      store.presences().replace(Optional.empty(), presence(true, NOON));
      store.together(
          () -> {
            store.current().offer(state(ROWER, MachineStatus.FREE, NOON, NOON, 2));
            store
                .current()
                .offer(state(BIKE, MachineStatus.OCCUPIED, NOON.plusSeconds(1), NOON, 3));
          });
      await().until(() -> heard.size() == 4);
    }
    assertThat(heard).extracting(FeedUpdate::position).isSorted().doesNotHaveDuplicates();
    assertThat(heard.getLast().position()).isEqualTo(store.feed().position());
  }

  @Test
  void the_feed_misses_nothing_while_states_and_presences_are_written_at_once() throws Exception {
    int machines = 200;
    List<Set<MachineId>> told =
        Stream.generate(ConcurrentHashMap::<MachineId>newKeySet)
            .limit(6)
            .collect(Collectors.<Set<MachineId>>toList());
    List<UpdateFeed.Subscription> subscriptions =
        told.stream().map(it -> store.feed().subscribe(0, update -> note(update, it))).toList();
    Thread one = Thread.ofPlatform().start(() -> writeBoth("one", machines));
    Thread other = Thread.ofPlatform().start(() -> writeBoth("other", machines));
    one.join();
    other.join();
    await().untilAsserted(() -> assertThat(told).allMatch(it -> it.size() == 2 * machines));
    subscriptions.forEach(UpdateFeed.Subscription::close);
  }

  private static void note(FeedUpdate update, Set<MachineId> machines) {
    switch (update) {
      case FeedUpdate.MachineChanged changed -> machines.add(changed.state().machine());
      case FeedUpdate.PresenceChanged _ -> {}
    }
  }

  private void writeBoth(String name, int machines) {
    GatewayAddress gateway = new GatewayAddress(GATEWAY.gym(), new GatewayId(name));
    Optional<GatewayPresence> known = Optional.empty();
    for (int i = 1; i <= machines; i++) {
      MachineId machine = new MachineId(name + "-" + i);
      store.current().offer(state(machine, MachineStatus.FREE, NOON, NOON, i));
      GatewayPresence next =
          new GatewayPresence(gateway, true, NOON, NOON.plusSeconds(i), Optional.empty(), i);
      assertThat(store.presences().replace(known, next)).isTrue();
      known = Optional.of(next);
    }
  }

  @Test
  void who_resumes_gets_only_what_is_news_and_only_the_newest_of_each() {
    store.current().offer(state(ROWER, MachineStatus.FREE, NOON, NOON, 1));
    long known = store.feed().position();
    for (int i = 1; i <= 5; i++) {
      store.current().offer(state(BIKE, MachineStatus.FREE, NOON.plusSeconds(i), NOON, i));
    }
    List<FeedUpdate> heard = new CopyOnWriteArrayList<>();
    try (UpdateFeed.Subscription _ = store.feed().subscribe(known, heard::add)) {
      await().until(() -> !heard.isEmpty());
      store.current().offer(state(ROWER, MachineStatus.OCCUPIED, NOON.plusSeconds(9), NOON, 7));
      await().until(() -> heard.size() >= 2);
    }
    assertThat(heard).hasSize(2);
  }

  @Test
  void a_position_from_the_future_begins_anew() {
    store.current().offer(state(BIKE, MachineStatus.FREE, NOON, NOON, 1));
    List<FeedUpdate> heard = new CopyOnWriteArrayList<>();
    try (UpdateFeed.Subscription _ = store.feed().subscribe(1_000_000, heard::add)) {
      await().until(() -> heard.size() == 1);
    }
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

  private static GatewayPresence presence(boolean online, Instant since) {
    return new GatewayPresence(GATEWAY, online, since, since, Optional.of(since), 3);
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
