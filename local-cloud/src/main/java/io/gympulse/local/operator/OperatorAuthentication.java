package io.gympulse.local.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gympulse.cloud.http.ApiError;
import io.gympulse.local.http.HttpHandler;
import io.gympulse.local.http.ServerResponse;
import java.security.MessageDigest;
import java.util.Optional;

/// Authenticates operators by a token, sent as `Authorization: Bearer TOKEN`. Other requests are
/// answered with 401 and the token's location. Immutable.
public final class OperatorAuthentication {
  private static final String SCHEME = "Bearer ";

  private final byte[] token;

  public OperatorAuthentication(String token) {
    this.token = token.getBytes(UTF_8);
  }

  /// A handler that requires the token.
  public HttpHandler protect(HttpHandler handler) {
    return request ->
        isValid(request.headers().getOrDefault("authorization", ""))
            ? handler.handle(request)
            : unauthorized();
  }

  /// Compares in constant time.
  private boolean isValid(String authorization) {
    return authorization.startsWith(SCHEME)
        && MessageDigest.isEqual(
            authorization.substring(SCHEME.length()).strip().getBytes(UTF_8), token);
  }

  private static ServerResponse unauthorized() {
    return ServerResponse.of(
            new ApiError(
                401,
                "unauthorized",
                "this is for operators: send the content of operator.token, in the cloud's data"
                    + " directory, as Authorization: Bearer",
                Optional.empty()))
        .with("WWW-Authenticate", "Bearer");
  }
}
