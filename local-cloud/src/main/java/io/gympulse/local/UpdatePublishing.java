package io.gympulse.local;

import io.gympulse.cloud.broadcast.UpdatesTopic;
import io.gympulse.cloud.core.feed.UpdateFeed;
import io.gympulse.cloud.core.feed.UpdateFeed.FeedCursor;
import io.gympulse.cloud.core.gateway.DevicePublisher;
import io.gympulse.cloud.notify.ConsumerCounters;
import io.gympulse.cloud.notify.FeedReader;
import java.time.Duration;
import java.time.InstantSource;

/// Publishes the feed's updates through the broker, for API processes elsewhere.
///
/// It begins with the updates after its start and saves no position: API processes read the present
/// when they connect. An update without subscribers is encoded and dropped by the broker, without
/// being stored.
final class UpdatePublishing implements AutoCloseable {
  private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

  private final FeedReader reader;

  private UpdatePublishing(FeedReader reader) {
    this.reader = reader;
  }

  static UpdatePublishing start(UpdateFeed feed, DevicePublisher broker, InstantSource clock) {
    return new UpdatePublishing(
        new FeedReader(
            feed,
            new FromNowOn(feed.position()),
            new UpdatesTopic(broker),
            clock,
            RETRY_PAUSE,
            new ConsumerCounters()));
  }

  /// Stops publishing; the broker has to run until then.
  @Override
  public void close() {
    reader.close();
  }

  /// A position that is not kept.
  private record FromNowOn(long position) implements FeedCursor {
    @Override
    public void move(long to) {}
  }
}
