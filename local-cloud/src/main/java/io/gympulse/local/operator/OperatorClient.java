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

/// An HTTP client of the running cloud, with its command line options.
final class OperatorClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  @Option(
      names = "--cloud",
      defaultValue = "http://127.0.0.1:8884",
      description = "the cloud's HTTP side (default: ${DEFAULT-VALUE})")
  private URI cloud = URI.create("");

  @Mixin private OperatorToken token = new OperatorToken();

  /// A successful response.
  record Response(int status, JsonNode body) {}

  /// @throws IOException if the cloud cannot be reached or refuses; the message says what to do
  Response send(String method, String path) throws IOException, InterruptedException {
    return send(method, path, BodyPublishers.noBody());
  }

  /// @param body sent in UTF-8
  /// @throws IOException if the cloud cannot be reached or refuses; the message says what to do
  Response send(String method, String path, String body) throws IOException, InterruptedException {
    return send(method, path, BodyPublishers.ofString(body, UTF_8));
  }

  private Response send(String method, String path, BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(cloud.resolve(path))
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + token.read())
            .method(method, body)
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new IOException("the cloud refuses: " + reason(response.body()));
      }
      return new Response(response.statusCode(), JSON.readTree(response.body()));
    } catch (ConnectException e) {
      throw new IOException(
          "no cloud answers at %s; start it, or give its address with --cloud".formatted(cloud), e);
    }
  }

  private static String reason(String body) {
    try {
      JsonNode message = JSON.readTree(body).path("error").path("message");
      return message.isTextual() ? message.asText() : body.strip();
    } catch (JsonProcessingException e) {
      return body.strip();
    }
  }
}
