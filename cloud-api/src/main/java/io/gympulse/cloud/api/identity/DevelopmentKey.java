package io.gympulse.cloud.api.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.gympulse.cloud.core.alert.UserId;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;

/// The key by which one installation signs tokens for development. Thread-safe.
public final class DevelopmentKey {
  static final String ISSUER = "urn:gympulse:development";
  static final String AUDIENCE = "gympulse";
  static final String ROLES_CLAIM = "roles";

  private final ECKey key;

  private DevelopmentKey(ECKey key) {
    this.key = key;
  }

  /// A new random key.
  public static DevelopmentKey generate() {
    try {
      return new DevelopmentKey(
          new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate());
    } catch (JOSEException e) {
      throw new IllegalStateException("this Java runtime has no P-256", e);
    }
  }

  /// Reads what [#encode] wrote.
  ///
  /// @throws IllegalArgumentException if it is no private key
  public static DevelopmentKey decode(String text) {
    try {
      ECKey read = ECKey.parse(text);
      if (!read.isPrivate() || !Curve.P_256.equals(read.getCurve())) {
        throw new IllegalArgumentException("no private key of P-256");
      }
      return new DevelopmentKey(read);
    } catch (ParseException e) {
      throw new IllegalArgumentException("no JSON Web Key", e);
    }
  }

  /// The private key, as a JSON Web Key.
  public String encode() {
    return key.toJSONString();
  }

  JWK publicKey() {
    return key.toPublicJWK();
  }

  /// A token of a user, by the wall clock.
  ///
  /// @param now by the real clock, also where a process's clock is scaled
  public String sign(UserId user, Collection<Role> roles, Instant now, Duration validFor) {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .audience(AUDIENCE)
            .subject(user.value())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(validFor)))
            .claim(ROLES_CLAIM, roles.stream().map(Role::name).sorted().toList())
            .build();
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(JOSEObjectType.JWT)
            .keyID(key.getKeyID())
            .build();
    try {
      SignedJWT token = new SignedJWT(header, claims);
      token.sign(new ECDSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("the key cannot sign", e);
    }
  }
}
