package io.gympulse.cloud.api.stream;

import io.gympulse.cloud.state.broadcast.StreamMessage;
import io.gympulse.cloud.state.feed.FeedUpdate;
import java.util.function.Consumer;

/// Tells every connection concerned about an update of the feed.
public final class FeedListener implements Consumer<FeedUpdate> {
  private final Broadcast broadcast;

  public FeedListener(Broadcast broadcast) {
    this.broadcast = broadcast;
  }

  @Override
  public void accept(FeedUpdate update) {
    broadcast.publish(StreamMessage.of(update), audience -> audience.hears(update));
  }
}
