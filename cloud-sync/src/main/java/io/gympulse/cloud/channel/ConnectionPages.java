package io.gympulse.cloud.channel;

import io.gympulse.cloud.broadcast.ConnectionSender;
import io.gympulse.cloud.state.alert.UserId;
import io.gympulse.cloud.state.connection.Connections;
import io.gympulse.cloud.state.connection.StreamConnection;
import io.gympulse.cloud.state.store.StoreUnavailableException;
import java.time.InstantSource;
import java.util.List;

/// Pages whose connections are held elsewhere, as by API Gateway.
public final class ConnectionPages implements Pages {
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
      List<StreamConnection> open = connections.ofUser(user, clock.instant());
      return new Shown.On(sender.send(open, frame));
    } catch (StoreUnavailableException e) {
      return new Shown.Failed("connections are not known now");
    }
  }
}
