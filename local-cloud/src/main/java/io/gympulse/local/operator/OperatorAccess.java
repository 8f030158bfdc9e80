package io.gympulse.local.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gympulse.local.http.HttpReply;
import io.gympulse.local.http.HttpService;
import java.security.MessageDigest;

/// Lets in those who show the operators' token, as `Authorization: Bearer TOKEN`. Others are
/// answered 401 with where the token lies. Immutable.
public final class OperatorAccess {
  private static final String SCHEME = "Bearer ";

  private final byte[] token;

  public OperatorAccess(String token) {
    this.token = token.getBytes(UTF_8);
  }

  /// The service behind the token.
  public HttpService guarding(HttpService service) {
    return call ->
        shown(call.headers().getOrDefault("authorization", "")) ? service.serve(call) : refusal();
  }

  /// Compares in a time that tells nothing of the token.
  private boolean shown(String authorization) {
    return authorization.startsWith(SCHEME)
        && MessageDigest.isEqual(
            authorization.substring(SCHEME.length()).strip().getBytes(UTF_8), token);
  }

  private static HttpReply refusal() {
    return HttpReply.with(
        HttpReply.json(
            401,
            "{\"error\":\"this is for operators: send the content of operator.token, in the"
                + " cloud's data directory, as Authorization: Bearer\"}"),
        "WWW-Authenticate",
        "Bearer");
  }
}
