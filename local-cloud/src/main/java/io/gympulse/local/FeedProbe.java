package io.gympulse.local;

import io.gympulse.cloud.core.feed.UpdateFeed;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Subscribes to the feed from its beginning, as the API does when it starts, and waits for an
/// update. Each machine and gateway has one, so there is one unless nothing was ever stored.
final class FeedProbe implements Vitals.Probe {
  private static final long SECONDS = 10;

  private final UpdateFeed feed;

  FeedProbe(UpdateFeed feed) {
    this.feed = feed;
  }

  @Override
  public Optional<String> problem() throws InterruptedException {
    if (feed.position() == 0) {
      return Optional.empty();
    }
    CountDownLatch updated = new CountDownLatch(1);
    try (UpdateFeed.Subscription _ = feed.subscribe(0, _ -> updated.countDown())) {
      return updated.await(SECONDS, TimeUnit.SECONDS)
          ? Optional.empty()
          : Optional.of("no update came within %d s of a subscription".formatted(SECONDS));
    }
  }
}
