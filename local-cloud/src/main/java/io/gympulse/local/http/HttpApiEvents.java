package io.gympulse.local.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Converts requests to events of an HTTP API, and its responses.
final class HttpApiEvents {
  private HttpApiEvents() {}

  /// A body that is not UTF-8 is encoded as base64. Repeated headers and parameters are joined by
  /// commas.
  ///
  /// @throws IllegalArgumentException if the percent-encoding of the query is invalid
  static APIGatewayV2HTTPEvent event(
      ServerRequest request,
      Route route,
      Map<String, String> parts,
      String id,
      InstantSource clock) {
    byte[] body = request.body();
    @Nullable String text = text(body);
    return APIGatewayV2HTTPEvent.builder()
        .withVersion("2.0")
        .withRouteKey(route.key())
        .withRawPath(request.path())
        .withRawQueryString(request.query())
        .withHeaders(request.headers())
        .withQueryStringParameters(parameters(request.query()))
        .withPathParameters(parts)
        .withBody(text == null ? Base64.getEncoder().encodeToString(body) : text)
        .withIsBase64Encoded(text == null)
        .withRequestContext(context(request, route, id, clock))
        .build();
  }

  static ServerResponse response(APIGatewayV2HTTPResponse response) {
    @Nullable Map<String, String> headers = response.getHeaders();
    @Nullable String text = response.getBody();
    byte[] body = (text == null ? "" : text).getBytes(StandardCharsets.UTF_8);
    return new ServerResponse(
        response.getStatusCode(),
        headers == null ? Map.of() : headers,
        response.getIsBase64Encoded() ? Base64.getDecoder().decode(body) : body);
  }

  private static RequestContext context(
      ServerRequest request, Route route, String id, InstantSource clock) {
    return RequestContext.builder()
        .withRequestId(id)
        .withRouteKey(route.key())
        .withStage("$default")
        .withTimeEpoch(clock.millis())
        .withHttp(
            RequestContext.Http.builder()
                .withMethod(request.method())
                .withPath(request.path())
                .withProtocol("HTTP/1.1")
                .withSourceIp(request.source().getHostAddress())
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
