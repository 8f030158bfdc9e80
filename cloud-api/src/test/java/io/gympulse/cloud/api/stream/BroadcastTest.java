package io.gympulse.cloud.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BroadcastTest {
  private static final StreamMessage.Hello HELLO =
      new StreamMessage.Hello(new BigDecimal("1763678353.250"), 1);
  private static final StreamMessage UPDATE =
      new StreamMessage.MachineUpdate(
          "bike-1", "downtown", "bike", "free", 1_763_678_360, 1_763_678_359, Optional.empty());

  private final Broadcast broadcast = new Broadcast();

  @Test
  void a_connection_is_greeted_before_its_first_update() {
    Line line = new Line();
    broadcast.admit("a", Audience.EVERYONE, line, HELLO);
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
    broadcast.admit("a", Audience.EVERYONE, line, HELLO);
    broadcast.publish(UPDATE, audience -> false);
    assertThat(line.sent).hasSize(1);
  }

  @Test
  void a_client_that_takes_nothing_is_dropped_and_the_others_go_on() {
    Line stalled = new Line();
    stalled.takes = false;
    Line quick = new Line();
    broadcast.admit("stalled", Audience.EVERYONE, stalled, HELLO);
    broadcast.admit("quick", Audience.EVERYONE, quick, HELLO);
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
    broadcast.admit("a", Audience.EVERYONE, line, HELLO);
    broadcast.leave("a");
    broadcast.publish(UPDATE, audience -> true);
    assertThat(line.sent).hasSize(1);
  }

  private static final class Line implements Outlet {
    final List<String> sent = new ArrayList<>();
    boolean takes = true;
    boolean dropped;

    @Override
    public CompletableFuture<?> send(String text) {
      sent.add(text);
      return takes ? CompletableFuture.completedFuture(text) : new CompletableFuture<>();
    }

    @Override
    public void drop() {
      dropped = true;
    }
  }
}
