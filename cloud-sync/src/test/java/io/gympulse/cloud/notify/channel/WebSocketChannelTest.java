package io.gympulse.cloud.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.broadcast.ConnectionSender;
import io.gympulse.cloud.core.broadcast.ConnectionPoster;
import io.gympulse.cloud.core.broadcast.DeliveryFigures;
import io.gympulse.cloud.core.broadcast.StreamConnection;
import io.gympulse.cloud.core.broadcast.StreamConnection.ConnectionId;
import io.gympulse.cloud.core.broadcast.SubscriptionFilter;
import io.gympulse.cloud.core.memory.InMemoryConnections;
import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.cloud.core.notification.DeliveryOutcome;
import io.gympulse.cloud.notify.Notification.Recipient;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebSocketChannelTest {
  private final InMemoryConnections connections = new InMemoryConnections();
  private final List<String> posted = new CopyOnWriteArrayList<>();
  private final ConnectionSender sender =
      new ConnectionSender(
          connections, new Holder(posted), ConnectionSender.STANDARD, new DeliveryFigures());
  private final WebSocketChannel channel =
      new WebSocketChannel(new ConnectionFrameSender(connections, sender, () -> Samples.NOON));

  @AfterEach
  void stop() {
    sender.close();
  }

  @Test
  void every_open_connection_of_the_member_gets_it() {
    connect("phone");
    connect("desk");
    assertThat(deliver(new Recipient.Member(Samples.ANNA)))
        .isEqualTo(new DeliveryOutcome.Delivered());
    assertThat(posted).containsExactlyInAnyOrder("phone " + Samples.JSON, "desk " + Samples.JSON);
  }

  @Test
  void without_an_open_connection_it_is_retried() {
    assertThat(deliver(new Recipient.Member(Samples.ANNA)))
        .isEqualTo(new DeliveryOutcome.Retry("no page is open"));
    connect("gone");
    assertThat(deliver(new Recipient.Member(Samples.ANNA)))
        .isEqualTo(new DeliveryOutcome.Retry("no page is open"));
    assertThat(connections.ofUser(Samples.ANNA, Samples.NOON, Optional.empty(), 9).items())
        .isEmpty();
  }

  @Test
  void operators_have_no_connection() {
    assertThat(deliver(new Recipient.Operators())).isInstanceOf(DeliveryOutcome.Gone.class);
  }

  private DeliveryOutcome deliver(Recipient to) {
    return channel.deliver(Samples.to(to, "Bike 1"), new Channel.WebSocket());
  }

  private void connect(String id) {
    connections.connect(
        new StreamConnection(
            new ConnectionId(id),
            Optional.of(Samples.ANNA),
            SubscriptionFilter.ALL,
            Samples.NOON.plusSeconds(60)),
        Samples.NOON);
  }

  private record Holder(List<String> posted) implements ConnectionPoster {
    @Override
    public Posted post(ConnectionId connection, String frame) {
      if (connection.value().equals("gone")) {
        return new Posted.Gone();
      }
      posted.add(connection + " " + frame);
      return new Posted.Sent();
    }

    @Override
    public void end(ConnectionId connection) {}
  }
}
