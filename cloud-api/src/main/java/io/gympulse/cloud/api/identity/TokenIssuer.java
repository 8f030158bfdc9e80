package io.gympulse.cloud.api.identity;

import java.net.URI;
import java.time.Duration;

/// Whose tokens the server accepts: one issuer's.
public sealed interface TokenIssuer {
  /// Nobody's: what needs a token is answered 401.
  record None() implements TokenIssuer {}

  /// An OpenID Connect issuer's: JWTs signed by RSA or ECDSA, with the claims `iss`, `aud`, `sub`
  /// and `exp`.
  ///
  /// @param issuer the claim `iss`
  /// @param keys where its public keys are (JWKS); read when needed and kept for minutes, and for
  ///     an hour while it cannot be read
  /// @param audience the claim `aud`, or one of its values
  /// @param rolesClaim holds the roles: a list, or a text with spaces between
  /// @param clockSkew by which times in a token may differ
  record Oidc(URI issuer, URI keys, String audience, String rolesClaim, Duration clockSkew)
      implements TokenIssuer {
    public static final String ROLES_CLAIM = "roles";
    public static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

    private static final Duration MAX_SKEW = Duration.ofMinutes(10);

    /// @throws IllegalArgumentException naming the option to correct
    public Oidc {
      requireHttp("--oidc-issuer", issuer);
      requireHttp("--oidc-jwks", keys);
      if (audience.isBlank()) {
        throw new IllegalArgumentException("--oidc-audience must not be blank");
      }
      if (clockSkew.isNegative() || clockSkew.compareTo(MAX_SKEW) > 0) {
        throw new IllegalArgumentException("--oidc-clock-skew must be 0 to 600 seconds");
      }
    }

    private static void requireHttp(String option, URI uri) {
      boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (!http || uri.getHost() == null) {
        throw new IllegalArgumentException(
            "%s '%s' is not of the form https://HOST/PATH".formatted(option, uri));
      }
    }
  }

  /// This installation's own, for development: anybody who reaches the server gets a token of a
  /// new member from it.
  record Development(DevelopmentKey key) implements TokenIssuer {}
}
