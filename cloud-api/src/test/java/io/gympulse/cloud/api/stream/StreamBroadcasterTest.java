package io.gympulse.cloud.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.api.identity.Caller;
import io.gympulse.cloud.api.updates.UpdateListener.Status;
import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.broadcast.StreamMessage;
import io.gympulse.cloud.core.broadcast.SubscriptionFilter;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StreamBroadcasterTest {
  private static final StreamMessage.Hello HELLO =
      new StreamMessage.Hello(Instant.ofEpochMilli(1_763_678_353_250L), 1);
  private static final StreamMessage UPDATE =
      new StreamMessage.MachineUpdate(
          new MachineId("bike-1"),
          new GymId("downtown"),
          new CategoryId("bike"),
          MachineStatus.FREE,
          Instant.ofEpochSecond(1_763_678_360),
          Instant.ofEpochSecond(1_763_678_359),
          Optional.empty());

  private static final UserId ANNA = new UserId("anna");

  private final StreamBroadcaster broadcaster = new StreamBroadcaster();

  @Test
  void a_connection_gets_hello_before_its_first_update() {
    FakeTransport transport = new FakeTransport();
    add("a", Optional.empty(), transport);
    broadcaster.publish(UPDATE, audience -> true);
    assertThat(transport.sent)
        .containsExactly(
            "{\"type\":\"hello\",\"serverTime\":1763678353.250,\"rate\":1.0}",
            "{\"type\":\"machine_update\",\"machineId\":\"bike-1\",\"gymId\":\"downtown\","
                + "\"category\":\"bike\",\"status\":\"free\",\"timestamp\":1763678360,"
                + "\"lastChange\":1763678359}");
  }

  @Test
  void a_message_goes_only_to_a_matching_audience() {
    FakeTransport transport = new FakeTransport();
    add("a", Optional.empty(), transport);
    broadcaster.publish(UPDATE, audience -> false);
    assertThat(transport.sent).hasSize(1);
  }

  @Test
  void a_stalled_client_is_dropped_and_the_others_are_not() {
    FakeTransport stalled = new FakeTransport();
    stalled.accepts = false;
    FakeTransport quick = new FakeTransport();
    add("stalled", Optional.empty(), stalled);
    add("quick", Optional.empty(), quick);
    for (int i = 0; i < 2000; i++) {
      broadcaster.publish(UPDATE, audience -> true);
    }
    assertThat(stalled.closed).isTrue();
    assertThat(stalled.sent).hasSize(Subscriber.MAX_PENDING);
    assertThat(quick.sent).hasSize(2001);
    assertThat(broadcaster.connections()).isEqualTo(1);
    assertThat(broadcaster.dropped()).isEqualTo(1);
  }

  @Test
  void a_removed_connection_gets_no_more_messages() {
    FakeTransport transport = new FakeTransport();
    add("a", Optional.empty(), transport);
    broadcaster.remove("a");
    broadcaster.publish(UPDATE, audience -> true);
    assertThat(transport.sent).hasSize(1);
  }

  @Test
  void a_frame_for_a_member_reaches_only_their_connections() {
    FakeTransport phone = new FakeTransport();
    FakeTransport desk = new FakeTransport();
    FakeTransport other = new FakeTransport();
    FakeTransport nobody = new FakeTransport();
    add("phone", Optional.of(ANNA), phone);
    add("desk", Optional.of(ANNA), desk);
    add("other", Optional.of(new UserId("ben")), other);
    add("nobody", Optional.empty(), nobody);
    var taken = broadcaster.sendTo(ANNA, "{}");
    assertThat(taken).hasSize(2).allMatch(it -> it.join());
    assertThat(phone.sent).hasSize(2).endsWith("{}");
    assertThat(desk.sent).hasSize(2).endsWith("{}");
    assertThat(other.sent).hasSize(1);
    assertThat(nobody.sent).hasSize(1);
  }

  @Test
  void the_feeds_status_is_sent_to_all_connections_and_to_later_ones() {
    FakeTransport early = new FakeTransport();
    FakeTransport late = new FakeTransport();
    add("early", Optional.empty(), early);
    broadcaster.status(new Status.Disconnected(Instant.ofEpochSecond(7), "unreachable"));
    add("late", Optional.empty(), late);
    broadcaster.status(new Status.Connected(Instant.ofEpochSecond(9)));
    assertThat(early.sent.subList(1, 3))
        .containsExactly(
            "{\"type\":\"feed\",\"status\":\"down\",\"since\":7}",
            "{\"type\":\"feed\",\"status\":\"up\",\"since\":9}");
    assertThat(late.sent.subList(1, 3)).isEqualTo(early.sent.subList(1, 3));
  }

  @Test
  void a_subscription_replaces_the_one_before_and_is_answered_by_hello() {
    FakeTransport transport = new FakeTransport();
    add("a", Optional.empty(), transport);
    SubscriptionFilter riverside =
        new SubscriptionFilter(
            Optional.of(new GymId("riverside")), Optional.empty(), Optional.empty());
    broadcaster.subscribe("a", riverside, HELLO);
    assertThat(transport.sent).hasSize(2).allMatch(it -> it.contains("hello"));
    broadcaster.publish(UPDATE, audience -> audience.equals(SubscriptionFilter.ALL));
    assertThat(transport.sent).hasSize(2);
    broadcaster.publish(UPDATE, riverside::equals);
    assertThat(transport.sent).hasSize(3);
    broadcaster.subscribe("gone", riverside, HELLO);
  }

  /// Each of them is far from being closed for itself.
  @Test
  void clients_with_too_much_pending_together_are_dropped_earlier() {
    List<FakeTransport> stalled = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      FakeTransport transport = new FakeTransport();
      transport.accepts = false;
      stalled.add(transport);
      add("stalled-" + i, Optional.empty(), transport);
    }
    FakeTransport quick = new FakeTransport();
    add("quick", Optional.empty(), quick);
    for (int i = 0; i < 900; i++) {
      broadcaster.publish(UPDATE, audience -> true);
    }
    assertThat(stalled).allMatch(it -> it.closed);
    assertThat(stalled.stream().mapToLong(it -> it.sent.size() * 160L).sum())
        .isLessThan(StreamBroadcaster.MAX_PENDING_CHARS * 11 / 10);
    assertThat(quick.sent).hasSize(901);
  }

  @Test
  void figures_count_sent_and_failed_frames() {
    FakeTransport quick = new FakeTransport();
    FakeTransport broken = new FakeTransport();
    broken.fails = true;
    add("quick", Optional.empty(), quick);
    add("broken", Optional.empty(), broken);
    broadcaster.publish(UPDATE, audience -> true);
    assertThat(broadcaster.figures().sent()).isEqualTo(2);
    assertThat(broadcaster.figures().failed()).isEqualTo(2);
    assertThat(broadcaster.figures().rate()).isEqualTo(0.5);
  }

  private void add(String connection, Optional<UserId> user, Subscriber.Transport outlet) {
    Optional<Caller> caller = user.map(it -> new Caller(it, Set.of(), Instant.MAX));
    broadcaster.add(connection, new Subscriber(SubscriptionFilter.ALL, caller, outlet), HELLO);
  }

  private static final class FakeTransport implements Subscriber.Transport {
    final List<String> sent = new ArrayList<>();
    boolean accepts = true;
    boolean fails;
    boolean closed;

    @Override
    public CompletableFuture<?> send(String text) {
      sent.add(text);
      if (fails) {
        return CompletableFuture.failedFuture(new IOException("closed"));
      }
      return accepts ? CompletableFuture.completedFuture(text) : new CompletableFuture<>();
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
