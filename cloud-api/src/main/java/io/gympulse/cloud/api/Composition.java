package io.gympulse.cloud.api;

import io.gympulse.cloud.api.alerts.AlertQuotas;
import io.gympulse.cloud.api.config.ApiConfiguration;
import io.gympulse.cloud.api.feed.Backoff;
import io.gympulse.cloud.api.feed.HttpFeedClient;
import io.gympulse.cloud.api.store.LazyAlerts;
import io.gympulse.cloud.api.store.LazyCloudView;
import io.gympulse.cloud.api.stream.StreamBroadcaster;
import io.gympulse.cloud.core.alert.Alerts;
import io.gympulse.cloud.core.store.CloudView;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;

/// The composition root: creates the adapters of the ports.
@Factory
final class Composition {
  private static final Backoff FEED_BACKOFF =
      new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

  /// Three times the interval of the feed's keep-alive lines.
  private static final Duration FEED_SILENCE_TIMEOUT = Duration.ofSeconds(30);

  @Singleton
  StreamBroadcaster broadcaster() {
    return new StreamBroadcaster();
  }

  @Singleton
  @Bean(preDestroy = "close")
  @Requires(missingBeans = CloudView.class)
  LazyCloudView database(ApiConfiguration configuration) {
    return new LazyCloudView(configuration.database());
  }

  @Singleton
  @Requires(missingBeans = AlertQuotas.Limits.class)
  AlertQuotas.Limits limits() {
    return AlertQuotas.Limits.STANDARD;
  }

  @Singleton
  @Bean(preDestroy = "close")
  @Requires(missingBeans = Alerts.class)
  LazyAlerts alerts(ApiConfiguration configuration) {
    return new LazyAlerts(configuration.database());
  }

  /// Eager: connects when the process starts, before there are clients.
  @Context
  @Bean(preDestroy = "close")
  HttpFeedClient feed(ApiConfiguration configuration, StreamBroadcaster broadcaster) {
    return HttpFeedClient.open(
        configuration.feed(),
        broadcaster,
        configuration.clock(),
        FEED_BACKOFF,
        FEED_SILENCE_TIMEOUT);
  }
}
