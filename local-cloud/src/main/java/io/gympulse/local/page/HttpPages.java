package io.gympulse.local.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.cloud.channel.Pages;
import io.gympulse.cloud.core.alert.UserId;
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

/// Pages held by the API's process, reached by `POST {api}/@connections/users/{user}`. It knows
/// this process by a token that both read from a file.
public final class HttpPages implements Pages, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI api;
  private final Path token;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(PATIENCE)
          .build();

  /// @param api as in `http://127.0.0.1:8080`
  /// @param token the file that holds the secret
  public HttpPages(URI api, Path token) {
    this.api = api;
    this.token = token;
  }

  @Override
  public Shown show(UserId user, String frame) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(
                  api.resolve("/@connections/users/" + URLEncoder.encode(user.value(), UTF_8)))
              .timeout(PATIENCE)
              .header("Content-Type", "application/json")
              .header("Authorization", "Bearer " + Files.readString(token).strip())
              .POST(BodyPublishers.ofString(frame))
              .build();
      return shown(http.send(request, BodyHandlers.ofString()));
    } catch (IOException e) {
      return new Shown.Failed("the API does not answer: " + e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Shown.Failed("interrupted");
    }
  }

  private static Shown shown(HttpResponse<String> answer) throws JsonProcessingException {
    if (answer.statusCode() != 200) {
      return new Shown.Failed("the API answered %d".formatted(answer.statusCode()));
    }
    JsonNode taken = JSON.readTree(answer.body()).path("taken");
    return taken.canConvertToInt()
        ? new Shown.On(taken.intValue())
        : new Shown.Failed("the API did not say how many pages took it");
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
