package io.gympulse.local.pki;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/// The fingerprint of a certificate: SHA-256 over its DER bytes, as AWS IoT's certificate id.
public final class Fingerprint {

  private Fingerprint() {}

  /// @throws IllegalArgumentException if the text is not a fingerprint
  public static void require(String text) {
    if (!text.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "certificate: 64 lower-case hexadecimal digits are needed, not '" + text + "'");
    }
  }

  /// The fingerprint as 64 lower-case hexadecimal digits.
  public static String of(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      throw new IllegalStateException("a certificate can always be encoded", e);
    }
  }
}
