package io.gympulse.cloud.api.demo;

import io.gympulse.cloud.api.http.ApiException;
import io.gympulse.contract.id.GymId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// HTTP client of the process that runs the demo. Thread-safe.
final class DemoClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final URI base;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  DemoClient(URI base) {
    this.base = base;
  }

  /// The demo's status as JSON.
  ///
  /// @throws ApiException 404, 502 or 503 if the demo does not answer 200
  byte[] status() {
    return exchange(request("/status").GET().build());
  }

  /// Disconnects or reconnects a gym's internet link.
  ///
  /// @throws ApiException as [#status]
  byte[] setLink(GymId gym, byte[] body) {
    return exchange(
        request("/links/" + gym)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT);
  }

  private byte[] exchange(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      return switch (response.statusCode()) {
        case 200 -> response.body();
        case 404 -> throw ApiException.notFound("unknown_gym", "The demo has no such gym.");
        case 503 ->
            throw ApiException.serviceUnavailable("demo_starting", "The demo is still starting.");
        default ->
            throw ApiException.badGateway(
                "demo_refused", "The demo answered %d.".formatted(response.statusCode()));
      };
    } catch (IOException e) {
      throw ApiException.serviceUnavailable("demo_unreachable", "The demo does not answer.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiException.serviceUnavailable("demo_unreachable", "The server is stopping.");
    }
  }
}
