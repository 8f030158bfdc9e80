package io.gympulse.local.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.notify.channel.WebSocketChannel.FrameSender;
import io.gympulse.cloud.notify.channel.WebSocketChannel.SendResult;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Members' WebSockets in the API's process, reached by `POST {api}/@connections/users/{user}` with
/// a bearer token that both processes read from a file.
public final class ApiConnections implements FrameSender, AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI api;
  private final Path token;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(TIMEOUT)
          .build();

  /// @param api as in `http://127.0.0.1:8080`
  /// @param token the file with the bearer token
  public ApiConnections(URI api, Path token) {
    this.api = api;
    this.token = token;
  }

  @Override
  public SendResult send(UserId user, String frame) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(
                  api.resolve("/@connections/users/" + URLEncoder.encode(user.value(), UTF_8)))
              .timeout(TIMEOUT)
              .header("Content-Type", "application/json")
              .header("Authorization", "Bearer " + Files.readString(token).strip())
              .POST(BodyPublishers.ofString(frame))
              .build();
      return result(http.send(request, BodyHandlers.ofString()));
    } catch (IOException e) {
      return new SendResult.Failed("the API does not answer: " + e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new SendResult.Failed("interrupted");
    }
  }

  private static SendResult result(HttpResponse<String> response) throws JsonProcessingException {
    if (response.statusCode() != 200) {
      return new SendResult.Failed("the API answered %d".formatted(response.statusCode()));
    }
    JsonNode taken = JSON.readTree(response.body()).path("taken");
    return taken.canConvertToInt()
        ? new SendResult.Sent(taken.intValue())
        : new SendResult.Failed("the API did not say how many pages took it");
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
