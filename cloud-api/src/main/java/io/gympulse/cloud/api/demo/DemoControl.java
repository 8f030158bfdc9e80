package io.gympulse.cloud.api.demo;

import io.gympulse.cloud.api.http.Refusal;
import io.gympulse.contract.id.GymId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// The process that runs the demo, as this one reaches it. Safe for any number of threads.
final class DemoControl {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final URI base;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  DemoControl(URI base) {
    this.base = base;
  }

  /// The supervisor's status as JSON.
  ///
  /// @throws Refusal if the supervisor does not answer, or not with 2xx
  byte[] status() {
    return exchange(request("/status").GET().build());
  }

  /// Cuts or restores a gym's link.
  ///
  /// @throws Refusal as [#status]
  byte[] setLink(GymId gym, byte[] body) {
    return exchange(
        request("/links/" + gym)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
  }

  private byte[] exchange(HttpRequest request) {
    try {
      HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
      return switch (answer.statusCode()) {
        case 200 -> answer.body();
        case 404 -> throw Refusal.unknown("unknown_gym", "The demo has no such gym.");
        case 503 -> throw Refusal.unavailable("demo_starting", "The demo is still starting.");
        default ->
            throw Refusal.badGateway(
                "demo_refused", "The demo answered %d.".formatted(answer.statusCode()));
      };
    } catch (IOException e) {
      throw Refusal.unavailable("demo_unreachable", "The demo does not answer.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.unavailable("demo_unreachable", "The server is stopping.");
    }
  }
}
