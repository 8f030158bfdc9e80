package io.gympulse.system.prove;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Requests `GET /branches/{id}` for every gym once a second and keeps the responses and failures.
/// Thread-safe.
final class ApiPoller implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration RESPONSE_LIMIT = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI api;
  private final List<String> gyms;
  private final InstantSource clock;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<BranchResponse> responses = new ArrayList<>();
  private final List<ApiResponseCheck.FailedRequest> failed = new ArrayList<>();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("api-poller").unstarted(this::run);

  private ApiPoller(URI api, List<String> gyms, InstantSource clock) {
    this.api = api;
    this.gyms = List.copyOf(gyms);
    this.clock = clock;
  }

  /// @param clock of the processes
  static ApiPoller start(URI api, List<String> gyms, InstantSource clock) {
    ApiPoller poller = new ApiPoller(api, gyms, clock);
    poller.thread.start();
    return poller;
  }

  /// All requests so far.
  synchronized ApiResponseCheck.Requests requests() {
    return new ApiResponseCheck.Requests(List.copyOf(responses), List.copyOf(failed));
  }

  private void run() {
    try {
      while (true) {
        for (String gym : gyms) {
          request(gym);
        }
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void request(String gym) throws InterruptedException {
    Instant requestedAt = clock.instant();
    HttpRequest request =
        HttpRequest.newBuilder(api.resolve("/branches/" + gym)).timeout(RESPONSE_LIMIT).build();
    String reason;
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      Instant receivedAt = clock.instant();
      if (response.statusCode() == 200) {
        add(BranchResponse.of(gym, requestedAt, receivedAt, JSON.readTree(response.body())));
        return;
      }
      reason = "status " + response.statusCode();
    } catch (IOException | RuntimeException e) {
      // No connection, a timeout, or a malformed response.
      reason = e.toString();
    }
    add(new ApiResponseCheck.FailedRequest(gym, requestedAt, clock.instant(), reason));
  }

  private synchronized void add(BranchResponse response) {
    responses.add(response);
  }

  private synchronized void add(ApiResponseCheck.FailedRequest request) {
    failed.add(request);
  }

  @Override
  public void close() {
    thread.interrupt();
    client.shutdownNow();
  }
}
