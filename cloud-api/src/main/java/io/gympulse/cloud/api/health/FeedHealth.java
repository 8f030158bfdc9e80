package io.gympulse.cloud.api.health;

import io.gympulse.cloud.api.feed.FeedStatus;
import io.gympulse.cloud.api.feed.FeedStatus.Broken;
import io.gympulse.cloud.api.feed.FeedStatus.Connected;
import io.gympulse.cloud.api.feed.HttpUpdateFeed;
import jakarta.inject.Singleton;
import java.time.temporal.ChronoUnit;

/// Whether updates arrive from the cloud.
@Singleton
final class FeedHealth implements Dependency {
  private final HttpUpdateFeed feed;

  FeedHealth(HttpUpdateFeed feed) {
    this.feed = feed;
  }

  @Override
  public String name() {
    return "feed";
  }

  @Override
  public boolean needed() {
    return false;
  }

  @Override
  public Standing check() {
    FeedStatus status = feed.status();
    return switch (status) {
      case Connected(var since) ->
          Standing.up(
              "connected since %s%s"
                  .formatted(since.truncatedTo(ChronoUnit.SECONDS), unreadable(feed.unreadable())));
      case Broken(var since, var why) ->
          Standing.down("%s (since %s)".formatted(why, since.truncatedTo(ChronoUnit.SECONDS)));
    };
  }

  private static String unreadable(long lines) {
    return lines == 0 ? "" : "; %d lines skipped that could not be read".formatted(lines);
  }
}
