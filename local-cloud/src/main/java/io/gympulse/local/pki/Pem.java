package io.gympulse.local.pki;

import io.gympulse.process.DurableFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/// PEM text of certificates and of unencrypted private keys (PKCS #8), and the files that hold it.
final class Pem {

  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private Pem() {}

  static String of(X509Certificate certificate) {
    try {
      return block("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a signed certificate has an encoding", e);
    }
  }

  static String of(PrivateKey key) {
    return block("PRIVATE KEY", key.getEncoded());
  }

  private static String block(String label, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, LINES.encodeToString(der), label);
  }

  /// The first certificate of a file that may hold a key before it.
  static X509Certificate readCertificate(Path file) throws IOException {
    return certificate(Files.readString(file, StandardCharsets.US_ASCII), file);
  }

  /// @param file where the text comes from, for messages
  static X509Certificate certificate(String pem, Path file) throws IOException {
    int start = Math.max(0, pem.indexOf("-----BEGIN CERTIFICATE-----"));
    var in = new ByteArrayInputStream(pem.substring(start).getBytes(StandardCharsets.US_ASCII));
    try {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (CertificateException e) {
      throw new IOException(
          file + " is not a PEM certificate; restore it, or remove the directory to start anew", e);
    }
  }

  static PrivateKey readPrivateKey(Path file) throws IOException {
    return privateKey(Files.readString(file, StandardCharsets.US_ASCII), file);
  }

  /// @param pem a key and nothing else
  /// @param file where the text comes from, for messages
  static PrivateKey privateKey(String pem, Path file) throws IOException {
    String body = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
    try {
      var spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body));
      return KeyFactory.getInstance("EC").generatePrivate(spec);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(
          file + " is not a PEM key; restore it, or remove the directory to start anew", e);
    }
  }

  static void write(Path file, String pem) throws IOException {
    DurableFile.writePublic(file, pem);
  }

  static void writePrivate(Path file, String pem) throws IOException {
    DurableFile.write(file, pem);
  }
}
