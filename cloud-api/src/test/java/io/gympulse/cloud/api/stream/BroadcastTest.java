package io.gympulse.cloud.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.broadcast.Audience;
import io.gympulse.cloud.core.broadcast.StreamMessage;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BroadcastTest {
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

  private final Broadcast broadcast = new Broadcast();

  @Test
  void a_connection_is_greeted_before_its_first_update() {
    Line line = new Line();
    admit("a", Optional.empty(), line);
    broadcast.publish(UPDATE, audience -> true);
    assertThat(line.sent)
        .containsExactly(
            "{\"type\":\"hello\",\"serverTime\":1763678353.250,\"rate\":1.0}",
            "{\"type\":\"machine_update\",\"machineId\":\"bike-1\",\"gymId\":\"downtown\","
                + "\"category\":\"bike\",\"status\":\"free\",\"timestamp\":1763678360,"
                + "\"lastChange\":1763678359}");
  }

  @Test
  void a_message_goes_only_to_those_who_hear_it() {
    Line line = new Line();
    admit("a", Optional.empty(), line);
    broadcast.publish(UPDATE, audience -> false);
    assertThat(line.sent).hasSize(1);
  }

  @Test
  void a_client_that_takes_nothing_is_dropped_and_the_others_go_on() {
    Line stalled = new Line();
    stalled.takes = false;
    Line quick = new Line();
    admit("stalled", Optional.empty(), stalled);
    admit("quick", Optional.empty(), quick);
    for (int i = 0; i < 2000; i++) {
      broadcast.publish(UPDATE, audience -> true);
    }
    assertThat(stalled.dropped).isTrue();
    assertThat(stalled.sent).hasSize(Subscriber.MOST_UNSENT);
    assertThat(quick.sent).hasSize(2001);
    assertThat(broadcast.connections()).isEqualTo(1);
    assertThat(broadcast.dropped()).isEqualTo(1);
  }

  @Test
  void a_connection_that_left_hears_nothing_more() {
    Line line = new Line();
    admit("a", Optional.empty(), line);
    broadcast.leave("a");
    broadcast.publish(UPDATE, audience -> true);
    assertThat(line.sent).hasSize(1);
  }

  @Test
  void a_frame_for_a_member_reaches_their_pages_and_nobody_elses() {
    Line phone = new Line();
    Line desk = new Line();
    Line other = new Line();
    Line nobody = new Line();
    admit("phone", Optional.of(ANNA), phone);
    admit("desk", Optional.of(ANNA), desk);
    admit("other", Optional.of(new UserId("ben")), other);
    admit("nobody", Optional.empty(), nobody);
    var taken = broadcast.tell(ANNA, "{}");
    assertThat(taken).hasSize(2).allMatch(it -> it.join());
    assertThat(phone.sent).hasSize(2).endsWith("{}");
    assertThat(desk.sent).hasSize(2).endsWith("{}");
    assertThat(other.sent).hasSize(1);
    assertThat(nobody.sent).hasSize(1);
  }

  @Test
  void whether_the_feed_works_is_told_to_all_and_to_whoever_comes_later() {
    Line early = new Line();
    Line late = new Line();
    admit("early", Optional.empty(), early);
    broadcast.feed(new StreamMessage.Feed(false, Instant.ofEpochSecond(7)));
    admit("late", Optional.empty(), late);
    broadcast.feed(new StreamMessage.Feed(true, Instant.ofEpochSecond(9)));
    assertThat(early.sent.subList(1, 3))
        .containsExactly(
            "{\"type\":\"feed\",\"status\":\"down\",\"since\":7}",
            "{\"type\":\"feed\",\"status\":\"up\",\"since\":9}");
    assertThat(late.sent.subList(1, 3)).isEqualTo(early.sent.subList(1, 3));
  }

  @Test
  void a_subscription_replaces_the_one_before_and_is_greeted() {
    Line line = new Line();
    admit("a", Optional.empty(), line);
    Audience riverside =
        new Audience(Optional.of(new GymId("riverside")), Optional.empty(), Optional.empty());
    broadcast.subscribe("a", riverside, HELLO);
    assertThat(line.sent).hasSize(2).allMatch(it -> it.contains("hello"));
    broadcast.publish(UPDATE, audience -> audience.equals(Audience.EVERYONE));
    assertThat(line.sent).hasSize(2);
    broadcast.publish(UPDATE, riverside::equals);
    assertThat(line.sent).hasSize(3);
    broadcast.subscribe("gone", riverside, HELLO);
  }

  /// Each of them is far from being dropped for itself.
  @Test
  void clients_that_together_leave_too_much_waiting_are_dropped_sooner() {
    List<Line> stalled = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Line line = new Line();
      line.takes = false;
      stalled.add(line);
      admit("stalled-" + i, Optional.empty(), line);
    }
    Line quick = new Line();
    admit("quick", Optional.empty(), quick);
    for (int i = 0; i < 900; i++) {
      broadcast.publish(UPDATE, audience -> true);
    }
    assertThat(stalled).allMatch(it -> it.dropped);
    assertThat(stalled.stream().mapToLong(it -> it.sent.size() * 160L).sum())
        .isLessThan(Broadcast.MOST_WAITING * 11 / 10);
    assertThat(quick.sent).hasSize(901);
  }

  @Test
  void figures_tell_frames_taken_from_frames_that_failed() {
    Line quick = new Line();
    Line broken = new Line();
    broken.breaks = true;
    admit("quick", Optional.empty(), quick);
    admit("broken", Optional.empty(), broken);
    broadcast.publish(UPDATE, audience -> true);
    assertThat(broadcast.figures().sent()).isEqualTo(2);
    assertThat(broadcast.figures().failed()).isEqualTo(2);
    assertThat(broadcast.figures().rate()).isEqualTo(0.5);
  }

  private void admit(String connection, Optional<UserId> user, Outlet outlet) {
    broadcast.admit(connection, new Subscriber(Audience.EVERYONE, user, outlet), HELLO);
  }

  private static final class Line implements Outlet {
    final List<String> sent = new ArrayList<>();
    boolean takes = true;
    boolean breaks;
    boolean dropped;

    @Override
    public CompletableFuture<?> send(String text) {
      sent.add(text);
      if (breaks) {
        return CompletableFuture.failedFuture(new IOException("closed"));
      }
      return takes ? CompletableFuture.completedFuture(text) : new CompletableFuture<>();
    }

    @Override
    public void drop() {
      dropped = true;
    }
  }
}
