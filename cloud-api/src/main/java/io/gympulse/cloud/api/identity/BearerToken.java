package io.gympulse.cloud.api.identity;

import io.gympulse.cloud.api.http.ApiException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Where a request carries its token: the header `Authorization: Bearer TOKEN`, or, since a
/// browser's WebSocket cannot set headers, an entry `bearer.TOKEN` of `Sec-WebSocket-Protocol`.
/// Never the address, which servers and proxies log.
public final class BearerToken {
  /// The subprotocol that the server selects if a client offers it, as it must beside a token.
  public static final String SUBPROTOCOL = "gympulse";

  private static final String SCHEME = "bearer ";
  private static final String ENTRY = "bearer.";

  private BearerToken() {}

  /// @throws ApiException 401 if there is another kind of authorization
  static Optional<String> of(HttpRequest<?> request) {
    List<String> headers = request.getHeaders().getAll(HttpHeaders.AUTHORIZATION);
    if (headers.isEmpty()) {
      return ofProtocols(request.getHeaders().getAll("Sec-WebSocket-Protocol"));
    }
    String header = headers.getFirst();
    if (headers.size() > 1 || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      throw ApiException.unauthorized(
          "invalid_token", "The header Authorization must be 'Bearer TOKEN'.");
    }
    return Optional.of(header.substring(SCHEME.length()).strip());
  }

  private static Optional<String> ofProtocols(List<String> headers) {
    return headers.stream()
        .flatMap(it -> Arrays.stream(it.split(",")))
        .map(String::strip)
        .filter(it -> it.startsWith(ENTRY))
        .map(it -> it.substring(ENTRY.length()))
        .findFirst();
  }
}
