package io.gympulse.cloud.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.cloud.core.error.ErrorBody;
import java.util.HashMap;
import java.util.Map;

/// The response to a request.
///
/// @param headers besides the content type and those of every response
public record Response(int status, String contentType, Map<String, String> headers, String body) {
  private static final String HTML_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
          + "frame-ancestors 'none'";

  public Response {
    headers = Map.copyOf(headers);
  }

  public static Response json(int status, JsonNode body) {
    return new Response(status, "application/json", Map.of(), body.toString());
  }

  /// A page without scripts, with inline styles.
  ///
  /// @param body already escaped
  public static Response html(String body) {
    return new Response(
        200, "text/html; charset=utf-8", Map.of("Content-Security-Policy", HTML_POLICY), body);
  }

  /// `{"error":{"code","message","field"?}}`.
  public static Response of(ApiError error) {
    return new Response(
        error.status(),
        "application/json",
        Map.of(),
        ErrorBody.encode(error.code(), error.message(), error.field()));
  }

  public Response with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Response(status, contentType, more, body);
  }

  APIGatewayV2HTTPResponse event() {
    Map<String, String> all = new HashMap<>(headers);
    all.put("Content-Type", contentType);
    all.put("Cache-Control", "no-store");
    all.put("X-Content-Type-Options", "nosniff");
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(status)
        .withHeaders(all)
        .withBody(body)
        .withIsBase64Encoded(false)
        .build();
  }
}
