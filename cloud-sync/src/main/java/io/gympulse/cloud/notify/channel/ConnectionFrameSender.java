package io.gympulse.cloud.notify.channel;

import io.gympulse.cloud.broadcast.ConnectionSender;
import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.broadcast.Connections;
import io.gympulse.cloud.core.broadcast.StreamConnection.ConnectionId;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.cloud.notify.channel.WebSocketChannel.FrameSender;
import io.gympulse.cloud.notify.channel.WebSocketChannel.SendResult;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Sends frames to connections that another service holds, such as API Gateway.
public final class ConnectionFrameSender implements FrameSender {
  private static final int PAGE_SIZE = 100;

  private final Connections connections;
  private final ConnectionSender sender;
  private final InstantSource clock;

  public ConnectionFrameSender(
      Connections connections, ConnectionSender sender, InstantSource clock) {
    this.connections = connections;
    this.sender = sender;
    this.clock = clock;
  }

  @Override
  public SendResult send(UserId user, String frame) {
    try {
      AtomicInteger sent = new AtomicInteger();
      Page.each(
          (Optional<ConnectionId> after) ->
              connections.ofUser(user, clock.instant(), after, PAGE_SIZE),
          open -> sent.addAndGet(sender.send(open, frame)));
      return new SendResult.Sent(sent.get());
    } catch (StoreUnavailableException e) {
      return new SendResult.Failed("connections cannot be read");
    }
  }
}
