package io.gympulse.cloud.api.identity;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The command-line options of the issuer of tokens.
public final class IdentityOptions {
  @Option(
      names = "--oidc-issuer",
      paramLabel = "URL",
      description = "The OpenID Connect issuer whose tokens are accepted (the claim iss).")
  private @Nullable URI issuer;

  @Option(
      names = "--oidc-jwks",
      paramLabel = "URL",
      description = "Where the issuer's public keys are (JWKS).")
  private @Nullable URI keys;

  @Option(
      names = "--oidc-audience",
      paramLabel = "TEXT",
      description = "The audience of accepted tokens (the claim aud).")
  private @Nullable String audience;

  @Option(
      names = "--oidc-roles-claim",
      paramLabel = "NAME",
      description = "The claim that holds the roles (default: ${DEFAULT-VALUE}).")
  private String rolesClaim = TokenIssuer.Oidc.ROLES_CLAIM;

  @Option(
      names = "--oidc-clock-skew",
      paramLabel = "SECONDS",
      description = "By how much tokens' times may differ, 0 to 600 (default: ${DEFAULT-VALUE}).")
  private long clockSkew = TokenIssuer.Oidc.CLOCK_SKEW.toSeconds();

  /// The issuer; empty if none is given.
  ///
  /// @throws IllegalArgumentException naming the option that is wrong or missing
  public Optional<TokenIssuer.Oidc> oidc() {
    if (issuer == null && keys == null && audience == null) {
      return Optional.empty();
    }
    if (issuer == null || keys == null || audience == null) {
      throw new IllegalArgumentException(
          "--oidc-issuer, --oidc-jwks and --oidc-audience are needed together");
    }
    return Optional.of(
        new TokenIssuer.Oidc(issuer, keys, audience, rolesClaim, Duration.ofSeconds(clockSkew)));
  }
}
