package io.gympulse.local.pki;

import io.gympulse.process.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The broker's certificate and key in a file, made anew only when they do not fit any more.
public final class ServerIdentity {

  private static final Logger LOG = LoggerFactory.getLogger(ServerIdentity.class);
  private static final Duration RENEW_BEFORE = Duration.ofDays(30);

  private ServerIdentity() {}

  /// Sees to it that the file holds a key and a certificate for all the names that is good for 30
  /// days or more. What is damaged is kept under the name with `.damaged` at its end.
  ///
  /// @throws IOException if the file can neither be read nor written
  public static void ensure(
      CertificateAuthority authority, ServerNames names, Path file, Instant now)
      throws IOException {
    if (!Files.exists(file) || !fits(file, names, now)) {
      authority.forServer(names, now).writeTogether(file);
    }
  }

  private static boolean fits(Path file, ServerNames names, Instant now) throws IOException {
    try {
      String pem = Files.readString(file, StandardCharsets.US_ASCII);
      int certificate = Math.max(0, pem.indexOf("-----BEGIN CERTIFICATE-----"));
      PrivateKey _ = Pem.privateKey(pem.substring(0, certificate), file);
      return fits(Pem.certificate(pem, file), names, now);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      Path aside = file.resolveSibling(file.getFileName() + ".damaged");
      LOG.warn("{} is damaged, it is kept as {} and made anew: {}", file, aside, e.getMessage());
      DurableFile.rename(file, aside);
      return false;
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
      throw new IOException("the names of the server's certificate cannot be read", e);
    }
  }
}
