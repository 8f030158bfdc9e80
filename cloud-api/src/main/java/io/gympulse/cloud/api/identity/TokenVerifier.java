package io.gympulse.cloud.api.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import io.gympulse.cloud.api.http.ApiException;
import io.gympulse.cloud.core.alert.UserId;
import java.net.MalformedURLException;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Verifies the bearer tokens of one [TokenIssuer]: signature, issuer, audience, subject and times.
/// Thread-safe.
final class TokenVerifier {
  /// Longer ones are not read.
  private static final int MAX_CHARS = 8_192;

  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private static final int HTTP_TIMEOUT_MILLIS = 2_000;
  private static final int MAX_JWKS_BYTES = 256 * 1024;
  private static final long OUTAGE_MILLIS = Duration.ofHours(1).toMillis();

  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
  private final String rolesClaim;

  private TokenVerifier(
      JWKSource<SecurityContext> keys,
      DefaultJWTClaimsVerifier<SecurityContext> claims,
      String rolesClaim) {
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    processor.setJWTClaimsSetVerifier(claims);
    this.rolesClaim = rolesClaim;
  }

  /// @param clock the real one: tokens' times are
  /// @return empty if no token is accepted
  static Optional<TokenVerifier> of(TokenIssuer issuer, InstantSource clock) {
    return switch (issuer) {
      case TokenIssuer.None _ -> Optional.empty();
      case TokenIssuer.Oidc oidc ->
          Optional.of(
              new TokenVerifier(
                  remoteKeys(oidc),
                  claims(oidc.audience(), oidc.issuer().toString(), oidc.clockSkew(), clock),
                  oidc.rolesClaim()));
      case TokenIssuer.Development(var key) ->
          Optional.of(
              new TokenVerifier(
                  new ImmutableJWKSet<>(new JWKSet(key.publicKey())),
                  claims(
                      DevelopmentKey.AUDIENCE,
                      DevelopmentKey.ISSUER,
                      TokenIssuer.Oidc.CLOCK_SKEW,
                      clock),
                  DevelopmentKey.ROLES_CLAIM));
    };
  }

  private static JWKSource<SecurityContext> remoteKeys(TokenIssuer.Oidc oidc) {
    try {
      URL url = oidc.keys().toURL();
      return JWKSourceBuilder.<SecurityContext>create(
              url,
              new DefaultResourceRetriever(
                  HTTP_TIMEOUT_MILLIS, HTTP_TIMEOUT_MILLIS, MAX_JWKS_BYTES))
          .retrying(true)
          .outageTolerant(OUTAGE_MILLIS)
          .build();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("--oidc-jwks '%s' is no URL".formatted(oidc.keys()), e);
    }
  }

  private static DefaultJWTClaimsVerifier<SecurityContext> claims(
      String audience, String issuer, Duration skew, InstantSource clock) {
    DefaultJWTClaimsVerifier<SecurityContext> claims =
        new DefaultJWTClaimsVerifier<>(
            audience, new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("sub", "exp")) {
          @Override
          protected Date currentTime() {
            return Date.from(clock.instant());
          }
        };
    claims.setMaxClockSkew((int) skew.toSeconds());
    return claims;
  }

  /// Who a token belongs to. May block, while the issuer's keys are read.
  ///
  /// @throws ApiException 401 `invalid_token` saying why, or 503 `issuer_unavailable`
  Caller verify(String token) {
    if (token.length() > MAX_CHARS) {
      throw invalid("The token is longer than %d characters.".formatted(MAX_CHARS));
    }
    try {
      JWTClaimsSet claims = processor.process(token, null);
      return new Caller(
          new UserId(claims.getSubject()), roles(claims), claims.getExpirationTime().toInstant());
    } catch (ExpiredJWTException e) {
      throw invalid("The token has expired; get a new one.");
    } catch (KeySourceException e) {
      throw ApiException.serviceUnavailable(
          "issuer_unavailable",
          "The keys of the tokens' issuer cannot be read now; try again.",
          Duration.ofSeconds(5));
    } catch (ParseException | BadJOSEException | JOSEException e) {
      throw invalid("The token is no JWT of this server's issuer and audience.");
    } catch (IllegalArgumentException e) {
      throw invalid("The token's subject is not a user id.");
    }
  }

  private static ApiException invalid(String detail) {
    return ApiException.unauthorized("invalid_token", detail);
  }

  private Set<Role> roles(JWTClaimsSet claims) {
    Collection<?> names =
        switch (claims.getClaim(rolesClaim)) {
          case Collection<?> list -> list;
          case String text -> Arrays.asList(text.split(" "));
          case null, default -> List.of();
        };
    return names.stream()
        .flatMap(it -> Role.named(String.valueOf(it)).stream())
        .collect(Collectors.toSet());
  }
}
