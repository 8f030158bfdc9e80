package io.gympulse.local.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.sun.net.httpserver.HttpExchange;
import io.gympulse.cloud.http.Answer;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An exchange as the event of an HTTP API, and a response as what the exchange is answered.
final class HttpEvents {
  private HttpEvents() {}

  /// Bytes that are no UTF-8 go as base64. Repeated headers and parameters are joined by commas.
  static APIGatewayV2HTTPEvent event(
      HttpExchange exchange,
      Route route,
      Map<String, String> parts,
      byte[] body,
      String id,
      InstantSource clock) {
    @Nullable String text = text(body);
    @Nullable String query = exchange.getRequestURI().getRawQuery();
    return APIGatewayV2HTTPEvent.builder()
        .withVersion("2.0")
        .withRouteKey(route.key())
        .withRawPath(exchange.getRequestURI().getRawPath())
        .withRawQueryString(query == null ? "" : query)
        .withHeaders(headers(exchange))
        .withQueryStringParameters(parameters(query))
        .withPathParameters(parts)
        .withBody(text == null ? Base64.getEncoder().encodeToString(body) : text)
        .withIsBase64Encoded(text == null)
        .withRequestContext(context(exchange, route, id, clock))
        .build();
  }

  private static RequestContext context(
      HttpExchange exchange, Route route, String id, InstantSource clock) {
    return RequestContext.builder()
        .withRequestId(id)
        .withRouteKey(route.key())
        .withStage("$default")
        .withTimeEpoch(clock.millis())
        .withHttp(
            RequestContext.Http.builder()
                .withMethod(exchange.getRequestMethod())
                .withPath(exchange.getRequestURI().getRawPath())
                .withProtocol(exchange.getProtocol())
                .withSourceIp(exchange.getRemoteAddress().getAddress().getHostAddress())
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

  private static Map<String, String> headers(HttpExchange exchange) {
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    return headers;
  }

  private static Map<String, String> parameters(@Nullable String query) {
    Map<String, String> parameters = new TreeMap<>();
    if (query != null) {
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

  static void send(HttpExchange exchange, APIGatewayV2HTTPResponse response) throws IOException {
    @Nullable Map<String, String> headers = response.getHeaders();
    if (headers != null) {
      headers.forEach(exchange.getResponseHeaders()::set);
    }
    @Nullable String text = response.getBody();
    byte[] body = (text == null ? "" : text).getBytes(StandardCharsets.UTF_8);
    write(
        exchange,
        response.getStatusCode(),
        response.getIsBase64Encoded() ? Base64.getDecoder().decode(body) : body);
  }

  static void send(HttpExchange exchange, Answer answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    write(exchange, answer.status(), answer.body().getBytes(StandardCharsets.UTF_8));
  }

  /// Flushes, since closing an exchange waits for the rest of a body that nobody reads.
  private static void write(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
      exchange.getResponseBody().flush();
    }
  }
}
