package io.gympulse.local.pki;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/// A signed certificate with the private key that belongs to it.
public record Issued(X509Certificate certificate, PrivateKey privateKey) {

  /// SHA-256 over the certificate's DER bytes, as 64 lower-case hexadecimal digits.
  public String fingerprint() {
    return Fingerprint.of(certificate);
  }

  /// Writes both as PEM; the key file is readable by its owner only.
  public void write(Path certificateFile, Path keyFile) throws IOException {
    Pem.writePrivate(keyFile, Pem.of(privateKey));
    Pem.write(certificateFile, Pem.of(certificate));
  }

  /// Writes key and certificate into one PEM file, readable by its owner only, as servers take it.
  public void writeTogether(Path file) throws IOException {
    Pem.writePrivate(file, Pem.of(privateKey) + Pem.of(certificate));
  }
}
