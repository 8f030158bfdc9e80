package io.gympulse.cloud.broadcast;

import io.gympulse.cloud.core.broadcast.StreamCodec;
import io.gympulse.cloud.core.broadcast.StreamMessage;
import io.gympulse.cloud.core.connection.ConnectionId;
import io.gympulse.cloud.core.connection.Connections;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.cloud.dispatch.Follower;
import java.time.Instant;
import java.util.Optional;

/// Tells every connection concerned about an update. Told again, connections hear it again, which
/// does no harm: an update says how things are. Safe for any number of threads; updates told one
/// after the other arrive in that order.
public final class ConnectionBroadcast implements Follower {
  private static final int AT_ONCE = 500;

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

  /// @throws io.gympulse.cloud.core.store.StoreUnavailableException if it is not known who hears
  ///     it; some were told then, or nobody
  @Override
  public void follow(FeedUpdate update, Instant now) {
    String frame = StreamCodec.encode(StreamMessage.of(update));
    Page.each(
        (Optional<ConnectionId> after) -> connections.heardBy(update, now, after, AT_ONCE),
        hearing -> {
          int _ = sender.send(hearing, frame);
        });
  }
}
