package io.gympulse.cloud.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.alert.Recipient;
import io.gympulse.cloud.broadcast.ConnectionSender;
import io.gympulse.cloud.core.alert.Channel;
import io.gympulse.cloud.core.alert.Outcome;
import io.gympulse.cloud.core.broadcast.Audience;
import io.gympulse.cloud.core.broadcast.DeliveryFigures;
import io.gympulse.cloud.core.connection.ConnectionId;
import io.gympulse.cloud.core.connection.ConnectionPoster;
import io.gympulse.cloud.core.connection.StreamConnection;
import io.gympulse.cloud.core.memory.InMemoryConnections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PageChannelTest {
  private final InMemoryConnections connections = new InMemoryConnections();
  private final List<String> posted = new CopyOnWriteArrayList<>();
  private final ConnectionSender sender =
      new ConnectionSender(
          connections, new Holder(posted), ConnectionSender.STANDARD, new DeliveryFigures());
  private final PageChannel channel =
      new PageChannel(new ConnectionPages(connections, sender, () -> Samples.NOON));

  @AfterEach
  void stop() {
    sender.close();
  }

  @Test
  void every_open_page_of_the_member_is_told() {
    connect("phone");
    connect("desk");
    assertThat(deliver(new Recipient.Member(Samples.ANNA))).isEqualTo(new Outcome.Delivered());
    assertThat(posted).containsExactlyInAnyOrder("phone " + Samples.JSON, "desk " + Samples.JSON);
  }

  @Test
  void while_no_page_is_open_it_is_to_be_tried_again() {
    assertThat(deliver(new Recipient.Member(Samples.ANNA)))
        .isEqualTo(new Outcome.Retry("no page is open"));
    connect("gone");
    assertThat(deliver(new Recipient.Member(Samples.ANNA)))
        .isEqualTo(new Outcome.Retry("no page is open"));
    assertThat(connections.ofUser(Samples.ANNA, Samples.NOON, Optional.empty(), 9).items())
        .isEmpty();
  }

  @Test
  void operators_have_no_page() {
    assertThat(deliver(new Recipient.Operators())).isInstanceOf(Outcome.Gone.class);
  }

  private Outcome deliver(Recipient to) {
    return channel.deliver(Samples.to(to, "Bike 1"), new Channel.WebSocket());
  }

  private void connect(String id) {
    connections.connect(
        new StreamConnection(
            new ConnectionId(id),
            Optional.of(Samples.ANNA),
            Audience.EVERYONE,
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
