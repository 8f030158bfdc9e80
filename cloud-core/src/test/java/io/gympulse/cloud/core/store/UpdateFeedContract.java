package io.gympulse.cloud.core.store;

import static io.gympulse.cloud.core.store.StoreContract.BIKE;
import static io.gympulse.cloud.core.store.StoreContract.GATEWAY;
import static io.gympulse.cloud.core.store.StoreContract.NOON;
import static io.gympulse.cloud.core.store.StoreContract.ROWER;
import static io.gympulse.cloud.core.store.StoreContract.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gympulse.cloud.core.aggregate.AggregationBacklog.DirtyWindow;
import io.gympulse.cloud.core.aggregate.Coverage;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.feed.UpdateFeed;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.gateway.Gateway.GatewayPresence;
import io.gympulse.cloud.core.store.CloudStore.WithFeed;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The contract of every store that pushes its changes itself.
public abstract class UpdateFeedContract {
  private static final Gateway ONLINE =
      Gateway.of(new GatewayPresence(GATEWAY, true, NOON, NOON, 3));

  private final WithFeed store = open();

  /// A new, empty store.
  protected abstract WithFeed open();

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void a_repeated_or_older_state_is_not_published() {
    CurrentState state = state(BIKE, MachineStatus.FREE, NOON, NOON, 1);
    store.current().offer(state);
    long position = store.feed().position();
    store.current().offer(state);
    store.current().offer(state(BIKE, MachineStatus.OCCUPIED, NOON.minusSeconds(1), NOON, 9));
    assertThat(store.feed().position()).isEqualTo(position);
  }

  @Test
  void coverage_and_backlog_are_not_published() {
    store.gateways().replace(Optional.empty(), Gateway.initial(GATEWAY));
    assertThat(store.feed().position()).isZero();
    store.gateways().replace(Optional.of(Gateway.initial(GATEWAY)), ONLINE);
    long position = store.feed().position();
    Gateway more =
        new Gateway(
            GATEWAY,
            ONLINE.presence(),
            Coverage.upTo(OutboxId.random(), NOON),
            ONLINE
                .backlog()
                .markDirty(Set.of(new DirtyWindow(new CategoryId("cardio"), Window.of(NOON)))));
    store.gateways().replace(Optional.of(ONLINE), more);
    assertThat(store.gateways().find(GATEWAY.gateway())).contains(more);
    assertThat(store.feed().position()).isEqualTo(position);
  }

  @Test
  void the_feed_delivers_what_happened_and_what_happens_in_order() {
    store.current().offer(state(BIKE, MachineStatus.FREE, NOON, NOON, 1));
    List<FeedUpdate> received = new CopyOnWriteArrayList<>();
    try (UpdateFeed.Subscription _ = store.feed().subscribe(0, received::add)) {
      await().until(() -> received.size() == 1);
      store.gateways().replace(Optional.empty(), ONLINE);
      store.together(
          () -> {
            store.current().offer(state(ROWER, MachineStatus.FREE, NOON, NOON, 2));
            store
                .current()
                .offer(state(BIKE, MachineStatus.OCCUPIED, NOON.plusSeconds(1), NOON, 3));
          });
      await().until(() -> received.size() == 4);
    }
    assertThat(received).extracting(FeedUpdate::position).isSorted().doesNotHaveDuplicates();
    assertThat(received.getLast().position()).isEqualTo(store.feed().position());
  }

  @Test
  void the_feed_misses_nothing_during_concurrent_writes_of_states_and_presences() throws Exception {
    int machines = 200;
    List<Set<MachineId>> received =
        Stream.generate(ConcurrentHashMap::<MachineId>newKeySet)
            .limit(6)
            .collect(Collectors.<Set<MachineId>>toList());
    List<UpdateFeed.Subscription> subscriptions =
        received.stream()
            .map(it -> store.feed().subscribe(0, update -> record(update, it)))
            .toList();
    Thread one = Thread.ofPlatform().start(() -> writeBoth("one", machines));
    Thread other = Thread.ofPlatform().start(() -> writeBoth("other", machines));
    one.join();
    other.join();
    await().untilAsserted(() -> assertThat(received).allMatch(it -> it.size() == 2 * machines));
    subscriptions.forEach(UpdateFeed.Subscription::close);
  }

  private static void record(FeedUpdate update, Set<MachineId> machines) {
    switch (update) {
      case FeedUpdate.MachineChanged changed -> machines.add(changed.state().machine());
      case FeedUpdate.PresenceChanged _ -> {}
    }
  }

  private void writeBoth(String name, int machines) {
    GatewayAddress gateway = new GatewayAddress(GATEWAY.gym(), new GatewayId(name));
    Optional<Gateway> known = Optional.empty();
    for (int i = 1; i <= machines; i++) {
      MachineId machine = new MachineId(name + "-" + i);
      store.current().offer(state(machine, MachineStatus.FREE, NOON, NOON, i));
      Gateway next = Gateway.of(new GatewayPresence(gateway, true, NOON, NOON.plusSeconds(i), i));
      assertThat(store.gateways().replace(known, next)).isTrue();
      known = Optional.of(next);
    }
  }

  @Test
  void a_resumed_subscription_gets_only_the_newest_update_of_each() {
    store.current().offer(state(ROWER, MachineStatus.FREE, NOON, NOON, 1));
    long known = store.feed().position();
    for (int i = 1; i <= 5; i++) {
      store.current().offer(state(BIKE, MachineStatus.FREE, NOON.plusSeconds(i), NOON, i));
    }
    List<FeedUpdate> received = new CopyOnWriteArrayList<>();
    try (UpdateFeed.Subscription _ = store.feed().subscribe(known, received::add)) {
      await().until(() -> !received.isEmpty());
      store.current().offer(state(ROWER, MachineStatus.OCCUPIED, NOON.plusSeconds(9), NOON, 7));
      await().until(() -> received.size() >= 2);
    }
    assertThat(received).hasSize(2);
  }

  @Test
  void a_position_beyond_the_newest_starts_from_the_beginning() {
    store.current().offer(state(BIKE, MachineStatus.FREE, NOON, NOON, 1));
    List<FeedUpdate> received = new CopyOnWriteArrayList<>();
    try (UpdateFeed.Subscription _ = store.feed().subscribe(1_000_000, received::add)) {
      await().until(() -> received.size() == 1);
    }
  }
}
