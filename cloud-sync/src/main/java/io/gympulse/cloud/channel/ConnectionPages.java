package io.gympulse.cloud.channel;

import io.gympulse.cloud.broadcast.ConnectionSender;
import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.connection.ConnectionId;
import io.gympulse.cloud.core.connection.Connections;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Pages whose connections are held elsewhere, as by API Gateway.
public final class ConnectionPages implements Pages {
  private static final int AT_ONCE = 100;

  private final Connections connections;
  private final ConnectionSender sender;
  private final InstantSource clock;

  public ConnectionPages(Connections connections, ConnectionSender sender, InstantSource clock) {
    this.connections = connections;
    this.sender = sender;
    this.clock = clock;
  }

  @Override
  public Shown show(UserId user, String frame) {
    try {
      AtomicInteger taken = new AtomicInteger();
      Page.each(
          (Optional<ConnectionId> after) ->
              connections.ofUser(user, clock.instant(), after, AT_ONCE),
          open -> taken.addAndGet(sender.send(open, frame)));
      return new Shown.On(taken.get());
    } catch (StoreUnavailableException e) {
      return new Shown.Failed("connections are not known now");
    }
  }
}
