package io.gympulse.cloud.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/// What a request is answered.
///
/// @param headers besides the content type and those that every answer has
public record Answer(int status, String contentType, Map<String, String> headers, String body) {
  private static final String HTML_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
          + "frame-ancestors 'none'";

  public Answer {
    headers = Map.copyOf(headers);
  }

  public static Answer json(int status, JsonNode body) {
    return new Answer(status, "application/json", Map.of(), body.toString());
  }

  /// A page without scripts; styles stand in it.
  ///
  /// @param body already escaped
  public static Answer html(String body) {
    return new Answer(
        200, "text/html; charset=utf-8", Map.of("Content-Security-Policy", HTML_POLICY), body);
  }

  /// `{"error":{"code","message","field"?}}`.
  public static Answer of(Fault fault) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("error", error(fault));
    return json(fault.status(), body);
  }

  /// `{"code","message","field"?}`.
  public static ObjectNode error(Fault fault) {
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    error.put("code", fault.code()).put("message", fault.message());
    fault.field().ifPresent(it -> error.put("field", it));
    return error;
  }

  public Answer with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Answer(status, contentType, more, body);
  }

  APIGatewayV2HTTPResponse response() {
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
