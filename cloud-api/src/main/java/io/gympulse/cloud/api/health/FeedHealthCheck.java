package io.gympulse.cloud.api.health;

import io.gympulse.cloud.api.feed.FeedListener.Status.Connected;
import io.gympulse.cloud.api.feed.FeedListener.Status.Disconnected;
import io.gympulse.cloud.api.feed.HttpFeedClient;
import jakarta.inject.Singleton;
import java.time.temporal.ChronoUnit;

/// Whether updates arrive from the cloud.
@Singleton
final class FeedHealthCheck implements HealthCheck {
  private final HttpFeedClient feed;

  FeedHealthCheck(HttpFeedClient feed) {
    this.feed = feed;
  }

  @Override
  public String name() {
    return "feed";
  }

  @Override
  public boolean required() {
    return false;
  }

  @Override
  public HealthStatus check() {
    return switch (feed.status()) {
      case Connected(var since) ->
          HealthStatus.up(
              "connected since %s%s"
                  .formatted(since.truncatedTo(ChronoUnit.SECONDS), skipped(feed.invalidLines())));
      case Disconnected(var since, var reason) ->
          HealthStatus.down(
              "%s (since %s)".formatted(reason, since.truncatedTo(ChronoUnit.SECONDS)));
    };
  }

  private static String skipped(long lines) {
    return lines == 0 ? "" : "; %d invalid lines skipped".formatted(lines);
  }
}
