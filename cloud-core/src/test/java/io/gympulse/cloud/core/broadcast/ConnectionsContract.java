package io.gympulse.cloud.core.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.broadcast.StreamConnection.ConnectionId;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The contract of every adapter of the connections.
public abstract class ConnectionsContract {
  protected static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  protected static final UserId ANNA = new UserId("anna");
  private static final Instant LATER = NOON.plus(Duration.ofHours(2));
  private static final FeedUpdate BIKE = SampleUpdates.machine("downtown", "bike", "bike-1");

  private final Connections connections = open();

  /// A new, empty store; called once per test, at the test's construction.
  protected abstract Connections open();

  @Test
  void exactly_those_whose_filter_matches_an_update_are_found() {
    List<StreamConnection> all = new ArrayList<>();
    for (SubscriptionFilter filter : SampleUpdates.filters()) {
      all.add(connection("c%03d".formatted(all.size()), Optional.empty(), filter));
    }
    all.forEach(it -> connections.connect(it, NOON));
    for (FeedUpdate update : SampleUpdates.updates()) {
      assertThat(subscribedTo(update, NOON, 9))
          .as("%s", update)
          .containsExactlyElementsOf(
              all.stream().filter(it -> it.filter().matches(update)).toList());
    }
  }

  @Test
  void the_last_subscription_of_a_connection_counts() {
    connections.connect(connection("a", Optional.of(ANNA), SubscriptionFilter.ALL), NOON);
    SubscriptionFilter rowers =
        new SubscriptionFilter(
            Optional.of(new GymId("downtown")),
            Optional.of(new CategoryId("rower")),
            Optional.<MachineId>empty());
    assertThat(connections.subscribe(new ConnectionId("a"), rowers, NOON)).isTrue();
    assertThat(subscribedTo(BIKE, NOON, 9)).isEmpty();
    assertThat(subscribedTo(SampleUpdates.machine("downtown", "rower", "rower-1"), NOON, 9))
        .containsExactly(connection("a", Optional.of(ANNA), rowers));
    assertThat(ofUser(ANNA, NOON, 9)).containsExactly(connection("a", Optional.of(ANNA), rowers));
  }

  @Test
  void a_subscription_does_not_restore_a_closed_connection() {
    ConnectionId id = new ConnectionId("a");
    assertThat(connections.subscribe(id, SubscriptionFilter.ALL, NOON)).isFalse();
    connections.connect(connection("a", Optional.of(ANNA), SubscriptionFilter.ALL), NOON);
    assertThat(connections.subscribe(id, SubscriptionFilter.ALL, LATER)).isFalse();
    connections.disconnect(id);
    connections.disconnect(id);
    assertThat(connections.subscribe(id, SubscriptionFilter.ALL, NOON)).isFalse();
    assertThat(subscribedTo(BIKE, NOON, 9)).isEmpty();
    assertThat(ofUser(ANNA, NOON, 9)).isEmpty();
  }

  @Test
  void a_connection_is_open_until_it_ends_or_expires() {
    ConnectionId id = new ConnectionId("a");
    assertThat(connections.isOpen(id, NOON)).isFalse();
    connections.connect(connection("a", Optional.empty(), SubscriptionFilter.ALL), NOON);
    assertThat(connections.isOpen(id, LATER.minusMillis(1))).isTrue();
    assertThat(connections.isOpen(new ConnectionId("b"), NOON)).isFalse();
    assertThat(connections.isOpen(id, LATER)).isFalse();
    connections.disconnect(id);
    assertThat(connections.isOpen(id, NOON)).isFalse();
  }

  @Test
  void only_a_members_own_connections_are_found() {
    connections.connect(connection("b", Optional.of(ANNA), SubscriptionFilter.ALL), NOON);
    connections.connect(connection("a", Optional.of(ANNA), SubscriptionFilter.ALL), NOON);
    connections.connect(
        connection("c", Optional.of(new UserId("ben")), SubscriptionFilter.ALL), NOON);
    connections.connect(connection("d", Optional.empty(), SubscriptionFilter.ALL), NOON);
    assertThat(ofUser(ANNA, NOON, 9)).extracting(it -> it.id().value()).containsExactly("a", "b");
  }

  @Test
  void an_id_used_again_is_the_later_connection_only() {
    connections.connect(connection("a", Optional.of(ANNA), SubscriptionFilter.ALL), NOON);
    connections.connect(connection("a", Optional.empty(), SubscriptionFilter.ALL), NOON);
    assertThat(ofUser(ANNA, NOON, 9)).isEmpty();
    assertThat(subscribedTo(BIKE, NOON, 9)).hasSize(1);
  }

  @Test
  void an_expired_connection_is_not_found_and_can_be_removed() {
    connections.connect(connection("a", Optional.of(ANNA), SubscriptionFilter.ALL), NOON);
    assertThat(subscribedTo(BIKE, LATER.minusMillis(1), 9)).hasSize(1);
    assertThat(subscribedTo(BIKE, LATER, 9)).isEmpty();
    assertThat(ofUser(ANNA, LATER, 9)).isEmpty();
  }

  @Test
  void no_connection_lasts_longer_than_the_longest() {
    connections.connect(
        new StreamConnection(
            new ConnectionId("a"),
            Optional.of(ANNA),
            SubscriptionFilter.ALL,
            NOON.plusSeconds(900_000)),
        NOON);
    Instant end = NOON.plus(Connections.LONGEST);
    assertThat(ofUser(ANNA, end.minusMillis(1), 9)).hasSize(1);
    assertThat(ofUser(ANNA, end, 9)).isEmpty();
  }

  @Test
  void they_are_read_page_by_page_by_id() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      SubscriptionFilter filter =
          i % 2 == 0
              ? SubscriptionFilter.ALL
              : new SubscriptionFilter(
                  Optional.of(new GymId("downtown")), Optional.empty(), Optional.empty());
      connections.connect(connection("c" + i, Optional.of(ANNA), filter), NOON);
      ids.add("c" + i);
    }
    for (int size : new int[] {1, 3, 7, 50}) {
      assertThat(subscribedTo(BIKE, NOON, size))
          .extracting(it -> it.id().value())
          .as("pages of %d", size)
          .isEqualTo(ids);
      assertThat(ofUser(ANNA, NOON, size)).extracting(it -> it.id().value()).isEqualTo(ids);
    }
    assertThat(connections.subscribedTo(BIKE, NOON, Optional.empty(), 3).items()).hasSize(3);
  }

  private List<StreamConnection> subscribedTo(FeedUpdate update, Instant now, int size) {
    List<StreamConnection> all = new ArrayList<>();
    Page.each(
        (Optional<ConnectionId> after) -> connections.subscribedTo(update, now, after, size),
        all::addAll);
    return all;
  }

  private List<StreamConnection> ofUser(UserId user, Instant now, int size) {
    List<StreamConnection> all = new ArrayList<>();
    Page.each(
        (Optional<ConnectionId> after) -> connections.ofUser(user, now, after, size), all::addAll);
    return all;
  }

  private static StreamConnection connection(
      String id, Optional<UserId> user, SubscriptionFilter filter) {
    return new StreamConnection(new ConnectionId(id), user, filter, LATER);
  }
}
