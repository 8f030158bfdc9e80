package io.gympulse.cloud.api;

import io.gympulse.cloud.api.alerts.AlertQuotas;
import io.gympulse.cloud.api.config.ApiConfiguration;
import io.gympulse.cloud.api.health.HealthCheck;
import io.gympulse.cloud.api.identity.TokenIssuer;
import io.gympulse.cloud.api.stream.StreamBroadcaster;
import io.gympulse.cloud.api.updates.UpdateSource;
import io.gympulse.cloud.core.alert.Alerts;
import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.query.CloudQueries;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The running API: REST, live updates and the page, over the services of its process. Thread-safe.
public final class ApiServer implements AutoCloseable {
  private static final int ANY_PORT = -1;
  private static final int SEND_TIMEOUT_SECONDS = 2;

  private final ApplicationContext context;
  private final EmbeddedServer server;

  /// What the API needs of its process. Not closed with the server.
  ///
  /// @param issuer whose tokens are accepted
  /// @param checks of `/health`, besides the queries and updates
  public record Services(
      CloudQueries queries,
      Alerts alerts,
      UpdateSource updates,
      TokenIssuer issuer,
      List<HealthCheck> checks) {
    public Services {
      checks = List.copyOf(checks);
    }
  }

  private ApiServer(ApplicationContext context) {
    this.context = context;
    this.server = context.getBean(EmbeddedServer.class);
  }

  /// Starts, and serves until it is closed.
  ///
  /// @throws BindException if the port is in use or the host is not an address of this machine
  public static ApiServer start(
      Services services, ApiConfiguration configuration, AlertQuotas.Limits limits)
      throws IOException {
    return start(services, configuration, limits, Map.of());
  }

  /// @param properties of Micronaut, in place of the shipped ones
  static ApiServer start(
      Services services,
      ApiConfiguration configuration,
      AlertQuotas.Limits limits,
      Map<String, Object> properties)
      throws IOException {
    Map<String, Object> all = new HashMap<>(properties);
    all.put("micronaut.server.host", configuration.host());
    all.put("micronaut.server.port", configuration.port() == 0 ? ANY_PORT : configuration.port());
    List<Object> beans = new ArrayList<>(List.of(services, configuration, limits));
    beans.addAll(services.checks());
    ApplicationContext context =
        ApplicationContext.builder()
            .banner(false)
            .properties(all)
            .singletons(beans.toArray())
            .start();
    try {
      ApiServer started = new ApiServer(context);
      started.server.start();
      return started;
    } catch (RuntimeException e) {
      context.close();
      throw bindFailure(configuration.host(), e);
    }
  }

  private static BindException bindFailure(String host, RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException bind) {
        return bind;
      }
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return new BindException("'%s' is not an address of this machine".formatted(host));
      }
    }
    throw failure;
  }

  public int port() {
    return server.getPort();
  }

  /// Sends a frame to a member's open pages.
  ///
  /// @return how many connections' network took it within two seconds
  public int send(UserId member, String frame) {
    List<CompletableFuture<Boolean>> sent =
        context.getBean(StreamBroadcaster.class).sendTo(member, frame).stream()
            .map(it -> it.completeOnTimeout(false, SEND_TIMEOUT_SECONDS, TimeUnit.SECONDS))
            .toList();
    return (int) sent.stream().filter(CompletableFuture::join).count();
  }

  /// A bean of the server, for tests.
  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    context.close();
  }
}
