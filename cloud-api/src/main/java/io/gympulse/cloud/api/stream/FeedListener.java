package io.gympulse.cloud.api.stream;

import io.gympulse.cloud.api.feed.FeedSink;
import io.gympulse.cloud.api.feed.FeedStatus;
import io.gympulse.cloud.core.broadcast.StreamMessage;
import io.gympulse.cloud.core.feed.FeedUpdate;

/// Hands updates of the feed to every connection concerned, and to all whether the feed works.
public final class FeedListener implements FeedSink {
  private final Broadcast broadcast;

  public FeedListener(Broadcast broadcast) {
    this.broadcast = broadcast;
  }

  @Override
  public void accept(FeedUpdate update) {
    broadcast.publish(StreamMessage.of(update), audience -> audience.hears(update));
  }

  @Override
  public void status(FeedStatus status) {
    broadcast.feed(
        switch (status) {
          case FeedStatus.Connected(var since) -> new StreamMessage.Feed(true, since);
          case FeedStatus.Broken(var since, _) -> new StreamMessage.Feed(false, since);
        });
  }
}
