package io.gympulse.local.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A request as the event of an HTTP API.
final class HttpEvents {
  private HttpEvents() {}

  /// Bytes that are no UTF-8 go as base64. Repeated headers and parameters are joined by commas.
  ///
  /// @throws IllegalArgumentException if the query is not percent-encoded as it should be
  static APIGatewayV2HTTPEvent event(
      HttpCall call, Route route, Map<String, String> parts, String id, InstantSource clock) {
    byte[] body = call.body();
    @Nullable String text = text(body);
    return APIGatewayV2HTTPEvent.builder()
        .withVersion("2.0")
        .withRouteKey(route.key())
        .withRawPath(call.path())
        .withRawQueryString(call.query())
        .withHeaders(call.headers())
        .withQueryStringParameters(parameters(call.query()))
        .withPathParameters(parts)
        .withBody(text == null ? Base64.getEncoder().encodeToString(body) : text)
        .withIsBase64Encoded(text == null)
        .withRequestContext(context(call, route, id, clock))
        .build();
  }

  private static RequestContext context(
      HttpCall call, Route route, String id, InstantSource clock) {
    return RequestContext.builder()
        .withRequestId(id)
        .withRouteKey(route.key())
        .withStage("$default")
        .withTimeEpoch(clock.millis())
        .withHttp(
            RequestContext.Http.builder()
                .withMethod(call.method())
                .withPath(call.path())
                .withProtocol("HTTP/1.1")
                .withSourceIp(call.source().getHostAddress())
                .build())
        .build();
  }

  private static @Nullable String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new TreeMap<>();
    if (!query.isEmpty()) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters.merge(decoded(name), decoded(value), (one, other) -> one + "," + other);
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
