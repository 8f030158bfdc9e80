package io.gympulse.cloud.api.updates;

import io.gympulse.cloud.api.updates.UpdateListener.Status;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.feed.UpdateFeed;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The feed of a store in this process, from its newest update on. Always connected. If the
/// listener fails, the status changes to disconnected and back, so that clients read again.
public record EmbeddedUpdates(UpdateFeed feed, InstantSource clock) implements UpdateSource {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedUpdates.class);

  @Override
  public Subscription open(UpdateListener listener) {
    listener.status(new Status.Connected(clock.instant()));
    return feed.subscribe(feed.position(), it -> deliver(it, listener))::close;
  }

  private void deliver(FeedUpdate update, UpdateListener listener) {
    try {
      listener.accept(update);
    } catch (RuntimeException e) {
      LOG.error("update {} was not delivered", update.correlationId(), e);
      listener.status(new Status.Disconnected(clock.instant(), "an update was not delivered"));
      listener.status(new Status.Connected(clock.instant()));
    }
  }
}
