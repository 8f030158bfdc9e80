package io.gympulse.cloud.api;

import io.gympulse.cloud.api.alerts.AlertQuotas;
import io.gympulse.cloud.api.config.ApiConfiguration;
import io.gympulse.cloud.api.config.ApiConfiguration.Admission;
import io.gympulse.cloud.core.memory.InMemoryAlerts;
import io.gympulse.cloud.core.store.CloudView;
import io.gympulse.process.ProcessClock;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/// An API on a free port over an in-memory store, with clients for tests.
public final class RunningApi implements AutoCloseable {
  private final ApplicationContext context;
  private final EmbeddedServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  public RunningApi(CloudView view, Optional<URI> demoControl) {
    this(Path.of("none.db"), view, demoControl, 1, -1);
  }

  public static RunningApi withLimits(AlertQuotas.Limits limits, CloudView view) {
    ApiConfiguration standard =
        configuration(Path.of("none.db"), Optional.empty(), 1, ProcessClock.real());
    return new RunningApi(standard, view, -1, limits);
  }

  private RunningApi(
      Path database, CloudView view, Optional<URI> demoControl, int feedPort, int port) {
    this(
        configuration(database, demoControl, feedPort, ProcessClock.real()),
        view,
        port,
        AlertQuotas.Limits.STANDARD);
  }

  private RunningApi(
      ApiConfiguration configuration, CloudView view, int port, AlertQuotas.Limits limits) {
    this(configuration, view, Map.of("micronaut.server.port", port), limits);
  }

  private RunningApi(
      ApiConfiguration configuration,
      CloudView view,
      Map<String, Object> properties,
      AlertQuotas.Limits limits) {
    context =
        ApplicationContext.builder()
            .banner(false)
            .properties(properties)
            .singletons(configuration, configuration.clock(), view, new InMemoryAlerts(), limits)
            .start();
    server = context.getBean(EmbeddedServer.class).start();
  }

  private static ApiConfiguration configuration(
      Path database, Optional<URI> demoControl, int feedPort, ProcessClock clock) {
    return new ApiConfiguration(
        database,
        URI.create("http://127.0.0.1:" + feedPort),
        demoControl,
        clock,
        ApiConfiguration.OFFLINE_AFTER,
        ApiConfiguration.Admission.STANDARD);
  }

  public static RunningApi withClock(InstantSource clock, CloudView view) {
    ProcessClock processClock = ProcessClock.scaled(Instant.EPOCH, 1, clock);
    return new RunningApi(
        configuration(Path.of("none.db"), Optional.empty(), 1, processClock),
        view,
        -1,
        AlertQuotas.Limits.STANDARD);
  }

  public static RunningApi withAdmission(Admission admission, CloudView view) {
    ApiConfiguration standard =
        configuration(Path.of("none.db"), Optional.empty(), 1, ProcessClock.real());
    return new RunningApi(
        new ApiConfiguration(
            standard.database(),
            standard.feed(),
            standard.demoControl(),
            standard.clock(),
            standard.offlineAfter(),
            admission),
        view,
        -1,
        AlertQuotas.Limits.STANDARD);
  }

  /// @param seconds in which a request must arrive completely
  public static RunningApi withRequestTimeout(int seconds, CloudView view) {
    return new RunningApi(
        configuration(Path.of("none.db"), Optional.empty(), 1, ProcessClock.real()),
        view,
        Map.of("micronaut.server.port", -1, "micronaut.server.read-idle-timeout", seconds + "s"),
        AlertQuotas.Limits.STANDARD);
  }

  /// @param feedPort of a feed on this machine
  public static RunningApi withFeed(CloudView view, int feedPort) {
    return new RunningApi(Path.of("none.db"), view, Optional.empty(), feedPort, -1);
  }

  /// @param database in whose folder the token of `@connections` is; not opened
  public static RunningApi withDatabase(Path database, CloudView view) {
    return new RunningApi(database, view, Optional.empty(), 1, -1);
  }

  public static RunningApi withDemo(int port, CloudView view, URI demoControl) {
    return new RunningApi(Path.of("none.db"), view, Optional.of(demoControl), 1, port);
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public int port() {
    return server.getPort();
  }

  public HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  public HttpResponse<String> post(String path, String contentType, String body) {
    return send(
        request(path).header("content-type", contentType).POST(BodyPublishers.ofString(body)));
  }

  /// Posts JSON as the cloud on the same machine.
  public HttpResponse<String> postWithToken(String token, String path, String body) {
    return send(
        request(path)
            .header("content-type", "application/json")
            .header("authorization", "Bearer " + token)
            .POST(BodyPublishers.ofString(body)));
  }

  /// Sends a request as a member.
  public HttpResponse<String> sendAs(String user, String method, String path, String body) {
    return send(
        request(path)
            .header("content-type", "application/json")
            .header("X-GymPulse-User", user)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
  }

  public HttpResponse<String> getWithHeader(String header, String value, String path) {
    return send(request(path).header(header, value).GET());
  }

  /// Posts JSON as a member behind a proxy.
  public HttpResponse<String> postThroughProxy(
      String forwardedFor, String user, String path, String body) {
    return send(
        request(path)
            .header("content-type", "application/json")
            .header("X-GymPulse-User", user)
            .header("X-Forwarded-For", forwardedFor)
            .POST(BodyPublishers.ofString(body)));
  }

  /// Opens a stream that adds each text to the list, except the feed's status.
  public WebSocket stream(String query, List<String> received) {
    return stream(query, text -> !text.startsWith("{\"type\":\"feed\""), received);
  }

  /// Opens a stream that adds each text that passes the filter to the list.
  public WebSocket stream(String query, Predicate<String> filter, List<String> received) {
    return http.newWebSocketBuilder()
        .buildAsync(
            URI.create("ws://127.0.0.1:%d/stream%s".formatted(port(), query)),
            new TextReceiver(filter, received))
        .join();
  }

  @Override
  public void close() {
    http.shutdownNow();
    context.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port(), path)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private record TextReceiver(Predicate<String> filter, List<String> received)
      implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      if (filter.test(text.toString())) {
        received.add(text.toString());
      }
      return WebSocket.Listener.super.onText(socket, text, last);
    }
  }
}
