package io.gympulse.cloud.api.identity;

import io.gympulse.cloud.api.http.ApiException;
import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.process.ProcessClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Tokens of this server's issuer. Thread-safe.
public final class Identity {
  /// How long a token that is handed out is valid.
  private static final Duration VALID_FOR = Duration.ofHours(12);

  private final TokenIssuer issuer;
  private final InstantSource clock = ProcessClock.real();
  private final Optional<TokenVerifier> verifier;

  public Identity(TokenIssuer issuer) {
    this.issuer = issuer;
    this.verifier = TokenVerifier.of(issuer, clock);
  }

  /// A new member's token.
  record Issued(String token, UserId user, Instant expiresAt) {}

  /// @throws ApiException 401 or 503
  Caller verify(String token) {
    return verifier
        .orElseThrow(
            () ->
                ApiException.unauthorized(
                    "invalid_token",
                    "This server has no issuer of tokens; see its option --oidc-issuer."))
        .verify(token);
  }

  /// A token of a member with a random name; empty unless the issuer is this installation's own.
  Optional<Issued> issue() {
    return switch (issuer) {
      case TokenIssuer.None _ -> Optional.empty();
      case TokenIssuer.Oidc _ -> Optional.empty();
      case TokenIssuer.Development(var key) -> {
        UserId user = new UserId("guest-" + UUID.randomUUID());
        Instant now = clock.instant();
        yield Optional.of(
            new Issued(
                key.sign(user, List.of(new Role.Member()), now, VALID_FOR),
                user,
                now.plus(VALID_FOR)));
      }
    };
  }
}
