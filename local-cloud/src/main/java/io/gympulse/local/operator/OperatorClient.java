package io.gympulse.local.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options by which a command finds the running cloud, and its way to ask there.
final class OperatorClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Option(
      names = "--cloud",
      defaultValue = "http://127.0.0.1:8884",
      description = "the cloud's HTTP side (default: ${DEFAULT-VALUE})")
  private URI cloud = URI.create("");

  @Mixin private OperatorToken token = new OperatorToken();

  /// An answer that is no refusal.
  record Answer(int status, JsonNode body) {}

  /// @throws IOException if the cloud cannot be reached or refuses; the message says what to do
  Answer ask(String method, String path) throws IOException, InterruptedException {
    return ask(method, path, BodyPublishers.noBody());
  }

  /// @param body sent in UTF-8
  /// @throws IOException if the cloud cannot be reached or refuses; the message says what to do
  Answer ask(String method, String path, String body) throws IOException, InterruptedException {
    return ask(method, path, BodyPublishers.ofString(body, UTF_8));
  }

  private Answer ask(String method, String path, BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(cloud.resolve(path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token.read())
            .method(method, body)
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IOException("the cloud refuses: " + reason(answer.body()));
      }
      return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
    } catch (ConnectException e) {
      throw new IOException(
          "no cloud answers at %s; start it, or give its address with --cloud".formatted(cloud), e);
    }
  }

  private static String reason(String body) {
    try {
      JsonNode error = JSON.readTree(body).path("error");
      return error.isTextual() ? error.asText() : body.strip();
    } catch (JsonProcessingException e) {
      return body.strip();
    }
  }
}
