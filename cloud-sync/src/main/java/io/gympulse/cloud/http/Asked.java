package io.gympulse.cloud.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an HTTP API's event asks. Immutable.
public final class Asked {
  private final APIGatewayV2HTTPEvent event;
  private final Map<String, String> headers = new HashMap<>();

  public Asked(APIGatewayV2HTTPEvent event) {
    this.event = event;
    given(event.getHeaders()).forEach((name, it) -> headers.put(lower(name), it));
  }

  /// The API's own name of the request; empty if it gave none.
  public Optional<String> id() {
    return Optional.ofNullable(event.getRequestContext()).map(it -> it.getRequestId());
  }

  /// @param name in any case
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(lower(name)));
  }

  public Optional<String> query(String name) {
    return Optional.ofNullable(given(event.getQueryStringParameters()).get(name));
  }

  /// A variable part of the route, for example `id` of `/devices/{id}`.
  public Optional<String> path(String name) {
    return Optional.ofNullable(given(event.getPathParameters()).get(name));
  }

  /// The body's bytes as sent; none if there is no body.
  ///
  /// @param limit the most bytes there may be
  /// @throws Refusal if there are more
  public byte[] body(int limit) {
    @Nullable String text = event.getBody();
    if (text == null) {
      return new byte[0];
    }
    byte[] body =
        event.getIsBase64Encoded() ? decoded(text) : text.getBytes(StandardCharsets.UTF_8);
    if (body.length > limit) {
      throw new Refusal(Fault.tooLarge(limit));
    }
    return body;
  }

  private static byte[] decoded(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Fault.malformed("the body is not base64: " + e.getMessage()));
    }
  }

  private static Map<String, String> given(@Nullable Map<String, String> map) {
    return map == null ? Map.of() : map;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
