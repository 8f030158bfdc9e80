package io.gympulse.cloud.broadcast;

import io.gympulse.cloud.core.broadcast.Connections;
import io.gympulse.cloud.core.broadcast.StreamConnection.ConnectionId;
import io.gympulse.cloud.core.broadcast.StreamMessage;
import io.gympulse.cloud.core.broadcast.StreamMessage.StreamCodec;
import io.gympulse.cloud.core.feed.FeedConsumer;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.page.Page;
import java.time.Instant;
import java.util.Optional;

/// Sends every update to the connections subscribed to it. A repeated update is sent again, which
/// is harmless, since it contains the whole state. Safe for any number of threads; updates sent one
/// after the other arrive in that order.
public final class ConnectionBroadcast implements FeedConsumer {
  private static final int PAGE_SIZE = 500;

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

  /// @throws io.gympulse.cloud.core.store.StoreUnavailableException if connections cannot be read;
  ///     some of them may have got the frame
  @Override
  public void consume(FeedUpdate update, Instant now) {
    String frame = StreamCodec.encode(StreamMessage.of(update));
    Page.each(
        (Optional<ConnectionId> after) -> connections.subscribedTo(update, now, after, PAGE_SIZE),
        subscribed -> {
          int _ = sender.send(subscribed, frame);
        });
  }
}
