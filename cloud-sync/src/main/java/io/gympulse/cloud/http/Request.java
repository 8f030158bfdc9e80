package io.gympulse.cloud.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import io.gympulse.cloud.http.ApiError.RejectedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request of an HTTP API. Immutable.
public final class Request {
  private final APIGatewayV2HTTPEvent event;
  private final Map<String, String> headers = new HashMap<>();

  public Request(APIGatewayV2HTTPEvent event) {
    this.event = event;
    orEmpty(event.getHeaders()).forEach((name, it) -> headers.put(lower(name), it));
  }

  /// The API's request id; empty if there is none.
  public Optional<String> id() {
    return Optional.ofNullable(event.getRequestContext()).map(it -> it.getRequestId());
  }

  /// @param name in any case
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(lower(name)));
  }

  public Optional<String> query(String name) {
    return Optional.ofNullable(orEmpty(event.getQueryStringParameters()).get(name));
  }

  /// A variable part of the route, for example `id` of `/devices/{id}`.
  public Optional<String> path(String name) {
    return Optional.ofNullable(orEmpty(event.getPathParameters()).get(name));
  }

  /// The body's bytes as sent; empty if there is no body.
  ///
  /// @param limit the maximum number of bytes
  /// @throws RejectedException if there are more
  public byte[] body(int limit) {
    @Nullable String text = event.getBody();
    if (text == null) {
      return new byte[0];
    }
    byte[] body =
        event.getIsBase64Encoded() ? decoded(text) : text.getBytes(StandardCharsets.UTF_8);
    if (body.length > limit) {
      throw new RejectedException(ApiError.tooLarge(limit));
    }
    return body;
  }

  private static byte[] decoded(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new RejectedException(ApiError.malformed("the body is not base64: " + e.getMessage()));
    }
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
    return map == null ? Map.of() : map;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
