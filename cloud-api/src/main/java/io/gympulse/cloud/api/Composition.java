package io.gympulse.cloud.api;

import io.gympulse.cloud.api.config.ApiConfiguration;
import io.gympulse.cloud.api.identity.Identity;
import io.gympulse.cloud.api.stream.StreamBroadcaster;
import io.gympulse.cloud.api.updates.LiveUpdates;
import io.gympulse.cloud.core.alert.Alerts;
import io.gympulse.cloud.core.query.AggregateQueries;
import io.gympulse.cloud.core.query.BranchQueries;
import io.gympulse.cloud.core.query.ForecastQueries;
import io.gympulse.cloud.core.query.GatewayQueries;
import io.gympulse.cloud.core.query.MachineQueries;
import io.gympulse.process.ProcessClock;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/// Makes the process's services available to the controllers.
@Factory
final class Composition {
  @Singleton
  ProcessClock clock(ApiConfiguration configuration) {
    return configuration.clock();
  }

  @Singleton
  BranchQueries branches(ApiServer.Services services) {
    return services.queries().branches();
  }

  @Singleton
  MachineQueries machines(ApiServer.Services services) {
    return services.queries().machines();
  }

  @Singleton
  AggregateQueries aggregates(ApiServer.Services services) {
    return services.queries().aggregates();
  }

  @Singleton
  GatewayQueries gateways(ApiServer.Services services) {
    return services.queries().gateways();
  }

  @Singleton
  ForecastQueries forecasts(ApiServer.Services services) {
    return services.queries().forecasts();
  }

  @Singleton
  Alerts alerts(ApiServer.Services services) {
    return services.alerts();
  }

  @Singleton
  Identity identity(ApiServer.Services services) {
    return new Identity(services.issuer());
  }

  @Singleton
  StreamBroadcaster broadcaster() {
    return new StreamBroadcaster();
  }

  /// Eager: connects when the server starts, before there are clients.
  @Context
  @Bean(preDestroy = "close")
  LiveUpdates updates(
      ApiServer.Services services, StreamBroadcaster broadcaster, ApiConfiguration configuration) {
    return new LiveUpdates(services.updates(), broadcaster, configuration.clock().instant());
  }
}
