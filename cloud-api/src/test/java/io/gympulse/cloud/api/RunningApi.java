package io.gympulse.cloud.api;

import io.gympulse.cloud.api.alerts.AlertQuotas;
import io.gympulse.cloud.api.config.ApiConfiguration;
import io.gympulse.cloud.api.config.ApiConfiguration.Admission;
import io.gympulse.cloud.api.health.HealthCheck;
import io.gympulse.cloud.api.identity.DevelopmentKey;
import io.gympulse.cloud.api.identity.Role;
import io.gympulse.cloud.api.identity.TokenIssuer;
import io.gympulse.cloud.api.updates.UpdateListener;
import io.gympulse.cloud.api.updates.UpdateSource;
import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.memory.InMemoryAlerts;
import io.gympulse.cloud.core.query.CloudQueries;
import io.gympulse.process.ProcessClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/// An API on a free port over an in-memory store, with clients for tests.
public final class RunningApi implements AutoCloseable {
  private static final DevelopmentKey KEY = DevelopmentKey.generate();

  private final TestUpdates updates = new TestUpdates();
  private final ApiServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  public RunningApi(CloudQueries queries) {
    this(queries, Settings.STANDARD);
  }

  public RunningApi(CloudQueries queries, Settings settings) {
    try {
      this.server =
          ApiServer.start(
              new ApiServer.Services(
                  queries,
                  new InMemoryAlerts(),
                  updates,
                  new TokenIssuer.Development(KEY),
                  settings.checks()),
              new ApiConfiguration(
                  "127.0.0.1",
                  settings.port(),
                  settings.demoControl(),
                  settings.clock(),
                  ApiConfiguration.OFFLINE_AFTER,
                  settings.admission()),
              settings.limits(),
              settings.properties());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What tests vary.
  public record Settings(
      int port,
      ProcessClock clock,
      Admission admission,
      AlertQuotas.Limits limits,
      Optional<URI> demoControl,
      List<HealthCheck> checks,
      Map<String, Object> properties) {
    public static final Settings STANDARD =
        new Settings(
            0,
            ProcessClock.real(),
            Admission.STANDARD,
            AlertQuotas.Limits.STANDARD,
            Optional.empty(),
            List.of(),
            Map.of());

    public Settings withClock(InstantSource source) {
      ProcessClock scaled = ProcessClock.scaled(Instant.EPOCH, 1, source);
      return new Settings(port, scaled, admission, limits, demoControl, checks, properties);
    }

    public Settings withAdmission(Admission other) {
      return new Settings(port, clock, other, limits, demoControl, checks, properties);
    }

    public Settings withLimits(AlertQuotas.Limits other) {
      return new Settings(port, clock, admission, other, demoControl, checks, properties);
    }

    public Settings withDemo(URI control, int onPort) {
      return new Settings(
          onPort, clock, admission, limits, Optional.of(control), checks, properties);
    }

    public Settings withChecks(HealthCheck... others) {
      return new Settings(port, clock, admission, limits, demoControl, List.of(others), properties);
    }

    /// @param seconds in which a request must arrive completely
    public Settings withRequestTimeout(int seconds) {
      return new Settings(
          port,
          clock,
          admission,
          limits,
          demoControl,
          checks,
          Map.of("micronaut.server.read-idle-timeout", seconds + "s"));
    }
  }

  /// The source of the server's updates, connected from the start.
  public TestUpdates updates() {
    return updates;
  }

  /// Updates and status that tests set.
  public static final class TestUpdates implements UpdateSource {
    private volatile UpdateListener listener = new NoListener();

    private static final class NoListener implements UpdateListener {
      @Override
      public void accept(FeedUpdate update) {}

      @Override
      public void status(Status status) {}
    }

    @Override
    public Subscription open(UpdateListener opened) {
      listener = opened;
      connect();
      return () -> listener = new NoListener();
    }

    public void connect() {
      listener.status(new UpdateListener.Status.Connected(SampleGyms.NOW));
    }

    public void disconnect(String reason) {
      listener.status(new UpdateListener.Status.Disconnected(SampleGyms.NOW, reason));
    }

    public void push(FeedUpdate update) {
      listener.accept(update);
    }
  }

  /// Sends a frame to a member's pages.
  public int sendTo(String member, String frame) {
    return server.send(new UserId(member), frame);
  }

  public <T> T bean(Class<T> type) {
    return server.bean(type);
  }

  public int port() {
    return server.port();
  }

  public HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  public HttpResponse<String> post(String path, String contentType, String body) {
    return send(
        request(path).header("content-type", contentType).POST(BodyPublishers.ofString(body)));
  }

  /// Sends a request as a member.
  public HttpResponse<String> sendAs(String user, String method, String path, String body) {
    return sendWith(token(user, new Role.Member()), method, path, body);
  }

  /// Sends a request with a token.
  public HttpResponse<String> sendWith(String token, String method, String path, String body) {
    return send(withBody(path, method, body).header("Authorization", "Bearer " + token));
  }

  /// Sends a request without a token.
  public HttpResponse<String> send(String method, String path, String body) {
    return send(withBody(path, method, body));
  }

  private HttpRequest.Builder withBody(String path, String method, String body) {
    return request(path)
        .header("content-type", "application/json")
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
  }

  /// A token of the server's issuer, valid for a minute.
  public static String token(String user, Role... roles) {
    return KEY.sign(
        new UserId(user), List.of(roles), ProcessClock.real().instant(), Duration.ofMinutes(1));
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
            .header("Authorization", "Bearer " + token(user, new Role.Member()))
            .header("X-Forwarded-For", forwardedFor)
            .POST(BodyPublishers.ofString(body)));
  }

  /// Opens a stream that adds each text to the list, except the feed's status.
  public WebSocket stream(String query, List<String> received) {
    return stream(query, text -> !text.startsWith("{\"type\":\"feed\""), received);
  }

  /// Opens a stream with a member's token, as [#stream(String, List)].
  public WebSocket streamAs(String user, String query, List<String> received) {
    return http.newWebSocketBuilder()
        .subprotocols("gympulse", "bearer." + token(user, new Role.Member()))
        .buildAsync(
            streamUri(query),
            new TextReceiver(text -> !text.startsWith("{\"type\":\"feed\""), received))
        .join();
  }

  private URI streamUri(String query) {
    return URI.create("ws://127.0.0.1:%d/stream%s".formatted(port(), query));
  }

  /// Opens a stream that adds each text that passes the filter to the list.
  public WebSocket stream(String query, Predicate<String> filter, List<String> received) {
    return http.newWebSocketBuilder()
        .buildAsync(streamUri(query), new TextReceiver(filter, received))
        .join();
  }

  @Override
  public void close() {
    http.shutdownNow();
    server.close();
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
