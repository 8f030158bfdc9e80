package io.gympulse.local.pki;

import io.gympulse.process.DurableFile;
import java.io.IOException;
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

/// The file with the broker's certificate and key, which are renewed only when necessary.
public final class ServerIdentity {

  private static final Logger LOG = LoggerFactory.getLogger(ServerIdentity.class);
  private static final Duration RENEW_BEFORE = Duration.ofDays(30);

  private ServerIdentity() {}

  /// Ensures that the file contains a key and a certificate for all names that is valid for 30 more
  /// days. A damaged file is renamed with the suffix `.damaged`.
  ///
  /// @throws IOException if the file can neither be read nor written
  public static void ensure(
      CertificateAuthority authority, ServerNames names, Path file, Instant now)
      throws IOException {
    if (!Files.exists(file) || !isUsable(file, names, now)) {
      authority.forServer(names, now).writeTogether(file);
    }
  }

  private static boolean isUsable(Path file, ServerNames names, Instant now) throws IOException {
    try {
      PrivateKey _ = Pem.readPrivateKey(file);
      return isUsable(Pem.readCertificate(file), names, now);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      Path aside = file.resolveSibling(file.getFileName() + ".damaged");
      LOG.warn("{} is damaged, it is renamed to {} and replaced: {}", file, aside, e.getMessage());
      DurableFile.rename(file, aside);
      return false;
    }
  }

  private static boolean isUsable(X509Certificate certificate, ServerNames wanted, Instant now)
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
