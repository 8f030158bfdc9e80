package io.gympulse.cloud.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.broadcast.ConnectionPoster;
import io.gympulse.cloud.core.broadcast.DeliveryFigures;
import io.gympulse.cloud.core.broadcast.StreamConnection;
import io.gympulse.cloud.core.broadcast.StreamConnection.ConnectionId;
import io.gympulse.cloud.core.broadcast.SubscriptionFilter;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.memory.InMemoryConnections;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionBroadcastTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final FeedUpdate UPDATE =
      new FeedUpdate.MachineChanged(
          1,
          new CurrentState(
              new MachineId("bike-1"),
              new GymId("downtown"),
              new CategoryId("bike"),
              MachineStatus.FREE,
              Optional.empty(),
              NOON,
              NOON,
              1));

  private final InMemoryConnections connections = new InMemoryConnections();
  private final DeliveryFigures figures = new DeliveryFigures();
  private final Holder holder = new Holder();
  private final ConnectionSender sender =
      new ConnectionSender(
          connections,
          holder,
          new BoundedCalls.Bounds(4, Duration.ofSeconds(20), Duration.ofMillis(300)),
          figures);
  private final ConnectionBroadcast broadcast = new ConnectionBroadcast(connections, sender);

  @AfterEach
  void stop() {
    sender.close();
  }

  @Test
  void subscribed_connections_get_a_frame_and_no_others_do() {
    connect("ok-all", SubscriptionFilter.ALL);
    connect("ok-gym", new SubscriptionFilter(Optional.of(new GymId("downtown")), none(), none()));
    connect("ok-else", new SubscriptionFilter(Optional.of(new GymId("riverside")), none(), none()));
    broadcast.consume(UPDATE, NOON);
    String frame =
        """
        {"type":"machine_update","machineId":"bike-1","gymId":"downtown","category":"bike",\
        "status":"free","timestamp":1777636800,"lastChange":1777636800}""";
    assertThat(holder.posted).containsExactlyInAnyOrder("ok-all " + frame, "ok-gym " + frame);
    assertThat(figures.sent()).isEqualTo(2);
  }

  @Test
  void a_connection_that_is_gone_is_removed_and_one_that_failed_stays() {
    connect("gone", SubscriptionFilter.ALL);
    connect("refused", SubscriptionFilter.ALL);
    connect("ok", SubscriptionFilter.ALL);
    broadcast.consume(UPDATE, NOON);
    assertThat(open()).containsExactly("ok", "refused");
    assertThat(figures.sent()).isEqualTo(1);
    assertThat(figures.gone()).isEqualTo(1);
    assertThat(figures.failed()).isEqualTo(1);
    assertThat(figures.rate()).isEqualTo(0.5);
  }

  @Test
  void a_connection_that_hangs_does_not_delay_others_and_is_closed() {
    connect("hangs", SubscriptionFilter.ALL);
    for (int i = 0; i < 50; i++) {
      connect("ok-" + i, SubscriptionFilter.ALL);
    }
    broadcast.consume(UPDATE, NOON);
    assertThat(holder.posted).hasSize(50);
    assertThat(holder.ended).containsExactly("hangs");
    assertThat(open()).doesNotContain("hangs").hasSize(50);
    assertThat(figures.failed()).isEqualTo(1);
  }

  @Test
  void a_poster_that_throws_fails_its_own_connection_only() {
    connect("throws", SubscriptionFilter.ALL);
    connect("ok", SubscriptionFilter.ALL);
    broadcast.consume(UPDATE, NOON);
    assertThat(figures.sent()).isEqualTo(1);
    assertThat(figures.failed()).isEqualTo(1);
  }

  private void connect(String id, SubscriptionFilter audience) {
    connections.connect(
        new StreamConnection(
            new ConnectionId(id), Optional.empty(), audience, NOON.plusSeconds(60)),
        NOON);
  }

  private List<String> open() {
    return connections.subscribedTo(UPDATE, NOON, Optional.empty(), 99).items().stream()
        .map(it -> it.id().value())
        .toList();
  }

  private static <T> Optional<T> none() {
    return Optional.empty();
  }

  /// Holds connections that behave as they are called.
  private static final class Holder implements ConnectionPoster {
    final List<String> posted = new CopyOnWriteArrayList<>();
    final List<String> ended = new CopyOnWriteArrayList<>();

    @Override
    public Posted post(ConnectionId connection, String frame) {
      return switch (connection.value()) {
        case "gone" -> new Posted.Gone();
        case "refused" -> new Posted.Failed("refused");
        case "throws" -> throw new IllegalStateException("broken");
        case "hangs" -> hang();
        default -> {
          posted.add(connection + " " + frame);
          yield new Posted.Sent();
        }
      };
    }

    private static Posted hang() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return new Posted.Sent();
    }

    @Override
    public void end(ConnectionId connection) {
      ended.add(connection.value());
    }
  }
}
