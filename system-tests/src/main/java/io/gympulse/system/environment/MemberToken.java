package io.gympulse.system.environment;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.system.process.ProcessFailedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/// Tokens of new members, which a cloud in development hands out.
public final class MemberToken {
  private static final ObjectMapper JSON = new ObjectMapper();

  private MemberToken() {}

  /// The header `Authorization` of a new member with a random name.
  ///
  /// @param api its HTTP address
  /// @throws ProcessFailedException if the API hands out none
  public static String header(HttpClient client, URI api) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(api.resolve("/development/token"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 201) {
      throw new ProcessFailedException(
          "POST /development/token returned %d: %s"
              .formatted(response.statusCode(), response.body()));
    }
    return "Bearer " + JSON.readTree(response.body()).path("token").asText();
  }
}
