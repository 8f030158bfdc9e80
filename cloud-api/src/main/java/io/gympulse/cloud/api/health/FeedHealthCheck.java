package io.gympulse.cloud.api.health;

import io.gympulse.cloud.api.updates.LiveUpdates;
import io.gympulse.cloud.api.updates.UpdateListener.Status.Connected;
import io.gympulse.cloud.api.updates.UpdateListener.Status.Disconnected;
import jakarta.inject.Singleton;
import java.time.temporal.ChronoUnit;

/// Whether updates arrive from the cloud.
@Singleton
final class FeedHealthCheck implements HealthCheck {
  private final LiveUpdates updates;

  FeedHealthCheck(LiveUpdates updates) {
    this.updates = updates;
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
    return switch (updates.status()) {
      case Connected(var since) ->
          HealthStatus.up("connected since %s".formatted(since.truncatedTo(ChronoUnit.SECONDS)));
      case Disconnected(var since, var reason) ->
          HealthStatus.down(
              "%s (since %s)".formatted(reason, since.truncatedTo(ChronoUnit.SECONDS)));
    };
  }
}
