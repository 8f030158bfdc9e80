package io.gympulse.edge.screen;

import io.gympulse.process.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// The key and the certificate of the screen's server, made at the first start and kept in the data
/// folder: `screen.key`, readable by its owner only, and `screen.pem`.
public record ScreenIdentity(PrivateKey key, X509Certificate certificate) {
  private static final String KEY_FILE = "screen.key";
  private static final String CERTIFICATE_FILE = "screen.pem";
  private static final char[] NO_PASSWORD = new char[0];

  /// Reads the identity from a folder, or makes one there.
  ///
  /// @param host the machine's host name
  /// @throws IOException if the files cannot be read or written; the message names the folder
  public static ScreenIdentity of(Path folder, String gateway, String host) throws IOException {
    try {
      return Files.exists(folder.resolve(KEY_FILE))
              && Files.exists(folder.resolve(CERTIFICATE_FILE))
          ? read(folder)
          : make(folder, gateway, host);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(
          "%s and %s in %s cannot be used: %s; remove both, and new ones are made"
              .formatted(KEY_FILE, CERTIFICATE_FILE, folder, e.getMessage()),
          e);
    }
  }

  private static ScreenIdentity read(Path folder) throws IOException, GeneralSecurityException {
    byte[] encoded =
        Base64.getMimeDecoder()
            .decode(Files.readString(folder.resolve(KEY_FILE)).replaceAll("-----[A-Z ]+-----", ""));
    PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    try (var file = Files.newInputStream(folder.resolve(CERTIFICATE_FILE))) {
      return new ScreenIdentity(
          key, (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(file));
    }
  }

  /// The key is written first: a certificate without its key would be useless.
  private static ScreenIdentity make(Path folder, String gateway, String host)
      throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair keys = generator.generateKeyPair();
    X509Certificate certificate =
        SelfSignedCertificate.make(
            keys, gateway, List.of("localhost", host, host + ".local"), new SecureRandom());
    DurableFile.makeFolders(folder);
    DurableFile.write(folder.resolve(KEY_FILE), pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
    DurableFile.writePublic(
        folder.resolve(CERTIFICATE_FILE), pem("CERTIFICATE", certificate.getEncoded()));
    return new ScreenIdentity(keys.getPrivate(), certificate);
  }

  private static String pem(String kind, byte[] content) {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, lines);
  }

  /// SHA-256 of the certificate as browsers show it: `AB:CD:..`.
  public String fingerprint() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.ofDelimiter(":").formatHex(digest).toUpperCase(Locale.ROOT);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("each Java has SHA-256", e);
    }
  }

  /// A context for a server with this identity.
  SSLContext context() throws IOException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry("screen", key, NO_PASSWORD, new X509Certificate[] {certificate});
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, NO_PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("no TLS with the screen's certificate: " + e.getMessage(), e);
    }
  }
}
