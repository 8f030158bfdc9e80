package io.gympulse.cloud.broadcast;

import io.gympulse.cloud.dispatch.Follower;
import io.gympulse.cloud.state.broadcast.StreamCodec;
import io.gympulse.cloud.state.broadcast.StreamMessage;
import io.gympulse.cloud.state.connection.Connections;
import io.gympulse.cloud.state.connection.StreamConnection;
import io.gympulse.cloud.state.feed.FeedUpdate;
import java.time.Instant;
import java.util.List;

/// Tells every connection concerned about an update. Told again, connections hear it again, which
/// does no harm: an update says how things are. Safe for any number of threads; updates told one
/// after the other arrive in that order.
public final class ConnectionBroadcast implements Follower {
  private final Connections connections;
  private final ConnectionSender sender;

  public ConnectionBroadcast(Connections connections, ConnectionSender sender) {
    this.connections = connections;
    this.sender = sender;
  }

  @Override
  public String name() {
    return "broadcast";
  }

  /// @throws io.gympulse.cloud.state.store.StoreUnavailableException if it is not known who hears
  ///     it; nobody was told then
  @Override
  public void follow(FeedUpdate update, Instant now) {
    List<StreamConnection> hearing = connections.heardBy(update, now);
    if (!hearing.isEmpty()) {
      int _ = sender.send(hearing, StreamCodec.encode(StreamMessage.of(update)));
    }
  }
}
