package io.gympulse.cloud.api;

import io.gympulse.cloud.api.feed.Backoff;
import io.gympulse.cloud.api.feed.HttpUpdateFeed;
import io.gympulse.cloud.api.setting.AlertLimits;
import io.gympulse.cloud.api.setting.ApiConfiguration;
import io.gympulse.cloud.api.store.AwaitedAlerts;
import io.gympulse.cloud.api.store.AwaitedDatabase;
import io.gympulse.cloud.api.stream.Broadcast;
import io.gympulse.cloud.api.stream.FeedListener;
import io.gympulse.cloud.core.alert.Alerts;
import io.gympulse.cloud.core.store.CloudView;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;

/// Names the adapters behind the ports.
@Factory
final class Composition {
  private static final Backoff FEED_RETRY =
      new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

  /// Three times the cloud's keep-alive.
  private static final Duration FEED_SILENCE = Duration.ofSeconds(30);

  @Singleton
  Broadcast broadcast() {
    return new Broadcast();
  }

  @Singleton
  @Bean(preDestroy = "close")
  @Requires(missingBeans = CloudView.class)
  AwaitedDatabase database(ApiConfiguration configuration) {
    return new AwaitedDatabase(configuration.database());
  }

  @Singleton
  @Requires(missingBeans = AlertLimits.class)
  AlertLimits limits() {
    return AlertLimits.STANDARD;
  }

  @Singleton
  @Bean(preDestroy = "close")
  @Requires(missingBeans = Alerts.class)
  AwaitedAlerts alerts(ApiConfiguration configuration) {
    return new AwaitedAlerts(configuration.database());
  }

  /// Read from the start of the process, whether or not anybody listens yet.
  @Context
  @Bean(preDestroy = "close")
  HttpUpdateFeed feed(ApiConfiguration configuration, Broadcast broadcast) {
    return HttpUpdateFeed.open(
        configuration.feed(),
        new FeedListener(broadcast),
        configuration.clock(),
        FEED_RETRY,
        FEED_SILENCE);
  }
}
