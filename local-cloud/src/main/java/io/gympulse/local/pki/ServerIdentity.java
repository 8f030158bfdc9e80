package io.gympulse.local.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// The broker's certificate and key in a file, made anew only when they do not fit any more.
public final class ServerIdentity {

  private static final Duration RENEW_BEFORE = Duration.ofDays(30);

  private ServerIdentity() {}

  /// Sees to it that the file holds a certificate for all the names that is good for 30 days or
  /// more.
  public static void ensure(
      CertificateAuthority authority, ServerNames names, Path file, Instant now)
      throws IOException {
    if (!Files.exists(file) || !fits(Pem.readCertificate(file), names, now)) {
      authority.forServer(names, now).writeTogether(file);
    }
  }

  private static boolean fits(X509Certificate certificate, ServerNames wanted, Instant now)
      throws IOException {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names != null
          && wanted.areAmong(names.stream().map(name -> String.valueOf(name.get(1))).toList())
          && certificate.getNotAfter().toInstant().isAfter(now.plus(RENEW_BEFORE));
    } catch (CertificateParsingException e) {
      throw new IOException("the server's certificate cannot be read; remove it", e);
    }
  }
}
