package io.gympulse.cloud.api.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.gympulse.cloud.api.http.ApiException;
import io.gympulse.contract.id.GymId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenVerifierTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final String ISSUER = "https://login.example.org/";
  private static final RSAKey KEY = rsa("one");

  private final AtomicInteger reads = new AtomicInteger();
  private HttpServer server = server();
  private final TokenVerifier verifier = verifier("roles");

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void a_token_of_the_issuer_names_its_subject_and_roles() throws JOSEException {
    Caller caller =
        verifier.verify(
            signed(claims().claim("roles", List.of("member", "operator:downtown", "cook"))));
    assertThat(caller.user().value()).isEqualTo("ann");
    assertThat(caller.roles())
        .containsExactlyInAnyOrder(new Role.Member(), new Role.Operator(new GymId("downtown")));
    assertThat(caller.expiresAt()).isEqualTo(NOW.plusSeconds(600));
    verifier.verify(signed(claims()));
    assertThat(reads).hasValue(1);
  }

  @Test
  void roles_may_be_a_text_in_another_claim() throws JOSEException {
    assertThat(
            verifier("scope")
                .verify(signed(claims().claim("scope", "openid admin member")))
                .roles())
        .containsExactlyInAnyOrder(new Role.Member(), new Role.Admin());
    assertThat(verifier.verify(signed(claims())).roles()).isEmpty();
  }

  @Test
  void times_may_differ_by_the_clock_skew_and_no_more() throws JOSEException {
    verifier.verify(signed(claims().expirationTime(date(-59))));
    verifier.verify(signed(claims().notBeforeTime(date(59))));
    assertInvalid(signed(claims().expirationTime(date(-61))), "expired");
    assertInvalid(signed(claims().notBeforeTime(date(61))), "no JWT of this server's");
  }

  @Test
  void any_other_token_is_invalid() throws JOSEException {
    assertInvalid(signed(claims().issuer("https://evil.example/")), "issuer");
    assertInvalid(signed(claims().audience("another")), "audience");
    assertInvalid(signed(claims().expirationTime(null)), "no JWT");
    assertInvalid(signed(claims().subject(null)), "no JWT");
    assertInvalid(signed(claims().subject("a b")), "user id");
    assertInvalid(new PlainJWT(claims().build()).serialize(), "no JWT");
    assertInvalid(signedBy(rsa("one")), "no JWT");
    assertInvalid(signedBy(rsa("two")), "no JWT");
    assertInvalid(signedWithPublicKeyAsSecret(), "no JWT");
    assertInvalid("a.b.c", "no JWT");
    assertInvalid("", "no JWT");
    assertInvalid("x".repeat(9_000), "longer");
    String valid = signed(claims());
    assertInvalid(valid.substring(0, valid.length() - 3) + "AAA", "no JWT");
  }

  @Test
  void without_the_issuers_keys_nothing_is_decided() throws JOSEException {
    server.stop(0);
    assertThatThrownBy(() -> verifier.verify(signed(claims())))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("cannot be read now");
    server = server();
    server.start();
    assertThat(verifier("roles").verify(signed(claims())).user().value()).isEqualTo("ann");
  }

  @Test
  void a_development_token_belongs_to_its_installation() {
    DevelopmentKey key = DevelopmentKey.decode(DevelopmentKey.generate().encode());
    Identity identity = new Identity(new TokenIssuer.Development(key));
    Identity.Issued issued = identity.issue().orElseThrow();
    Caller guest = identity.verify(issued.token());
    assertThat(guest.user()).isEqualTo(issued.user());
    assertThat(guest.roles()).containsExactly(new Role.Member());
    Identity other = new Identity(new TokenIssuer.Development(DevelopmentKey.generate()));
    assertThatThrownBy(() -> other.verify(issued.token())).isInstanceOf(ApiException.class);
    Identity none = new Identity(new TokenIssuer.None());
    assertThat(none.issue()).isEmpty();
    assertThatThrownBy(() -> none.verify(issued.token())).hasMessageContaining("--oidc-issuer");
    Identity oidc =
        new Identity(
            new TokenIssuer.Oidc(
                URI.create(ISSUER), jwks(), "gympulse", "roles", Duration.ofSeconds(60)));
    assertThat(oidc.issue()).isEmpty();
    assertThatThrownBy(() -> oidc.verify(issued.token())).isInstanceOf(ApiException.class);
  }

  private void assertInvalid(String token, String mentioned) {
    assertThatThrownBy(() -> verifier.verify(token))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining(mentioned);
  }

  private TokenVerifier verifier(String rolesClaim) {
    return TokenVerifier.of(
            new TokenIssuer.Oidc(
                URI.create(ISSUER), jwks(), "gympulse", rolesClaim, Duration.ofSeconds(60)),
            InstantSource.fixed(NOW))
        .orElseThrow();
  }

  private URI jwks() {
    return URI.create("http://127.0.0.1:%d/keys".formatted(server.getAddress().getPort()));
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(List.of("other", "gympulse"))
        .subject("ann")
        .expirationTime(date(600));
  }

  private static Date date(long seconds) {
    return Date.from(NOW.plusSeconds(seconds));
  }

  private static String signed(JWTClaimsSet.Builder claims) throws JOSEException {
    return signed(JWSAlgorithm.RS256, claims, new RSASSASigner(KEY));
  }

  private static String signedBy(RSAKey key) throws JOSEException {
    return signed(JWSAlgorithm.RS256, claims(), new RSASSASigner(key));
  }

  private static String signedWithPublicKeyAsSecret() throws JOSEException {
    return signed(JWSAlgorithm.HS256, claims(), new MACSigner(KEY.toPublicKey().getEncoded()));
  }

  private static String signed(
      JWSAlgorithm algorithm, JWTClaimsSet.Builder claims, JWSSigner signer) throws JOSEException {
    SignedJWT token =
        new SignedJWT(new JWSHeader.Builder(algorithm).keyID("one").build(), claims.build());
    token.sign(signer);
    return token.serialize();
  }

  private static RSAKey rsa(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpServer server() {
    try {
      HttpServer made =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      byte[] keys = new JWKSet(KEY.toPublicJWK()).toString().getBytes(UTF_8);
      made.createContext(
          "/keys",
          exchange -> {
            reads.incrementAndGet();
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
          });
      return made;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
