package io.gympulse.edge.uplink;

import io.gympulse.edge.uplink.PemFile.Block;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A gateway's certificate and its private key, which belong together, and the roots that the
/// cloud's certificate must lead to. Immutable.
///
/// The files are PEM. The certificate file has the certificate and, after it, those of its issuers
/// if the cloud needs them. The key is RSA or of an elliptic curve (P-256, P-384, P-521), as
/// PKCS#8, PKCS#1 or SEC 1, without a password.
///
/// @param chain the gateway's certificate, then those of its issuers
public record PemCredentials(
    List<X509Certificate> chain, PrivateKey key, List<X509Certificate> roots) {
  static final String CERTIFICATE_WANTED = "the gateway's certificate";
  static final String KEY_WANTED = "the gateway's private key";
  static final String ROOT_WANTED = "the cloud's root certificate";
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final byte[] PROBE = {1, 2, 3, 4};
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;

  public PemCredentials {
    chain = List.copyOf(chain);
    roots = List.copyOf(roots);
  }

  /// Reads the files of a direct connection.
  ///
  /// @throws CredentialsException if a file is missing or has another form, or if the key is not
  ///     the certificate's; dates are not checked
  public static PemCredentials read(UplinkSettings.Direct settings) throws CredentialsException {
    return of(
        settings,
        PemFile.bytes(settings.certificate(), CERTIFICATE_WANTED),
        PemFile.bytes(settings.privateKey(), KEY_WANTED),
        PemFile.bytes(settings.rootCa(), ROOT_WANTED));
  }

  /// From the contents of the files.
  ///
  /// @param settings the files' names, for messages
  static PemCredentials of(
      UplinkSettings.Direct settings, byte[] certificate, byte[] privateKey, byte[] rootCa)
      throws CredentialsException {
    List<X509Certificate> chain =
        certificates(PemFile.parse(settings.certificate(), certificate, CERTIFICATE_WANTED));
    PublicKey certified = chain.getFirst().getPublicKey();
    PrivateKey key = key(PemFile.parse(settings.privateKey(), privateKey, KEY_WANTED), certified);
    if (!isPair(key, certified)) {
      throw new CredentialsException(
          "%s is not the key of certificate %s; give the two files that were made together"
              .formatted(settings.privateKey(), settings.certificate()));
    }
    return new PemCredentials(
        chain, key, certificates(PemFile.parse(settings.rootCa(), rootCa, ROOT_WANTED)));
  }

  public X509Certificate certificate() {
    return chain.getFirst();
  }

  /// The key as a PEM file.
  String keyAsPkcs8() {
    return PemFile.text("PRIVATE KEY", key.getEncoded());
  }

  /// When the gateway's own certificate ends.
  public CertificateExpiry expiry() {
    return new CertificateExpiry(certificate().getNotAfter().toInstant());
  }

  private static List<X509Certificate> certificates(PemFile pem) throws CredentialsException {
    List<X509Certificate> found = new ArrayList<>();
    for (Block block : pem.blocks()) {
      if (block.label().equals(CERTIFICATE)) {
        found.add(certificate(pem.path(), block));
      }
    }
    if (found.isEmpty()) {
      throw new CredentialsException(
          "%s has no certificate but %s; put the certificate there"
              .formatted(pem.path(), pem.blocks().getFirst().label()));
    }
    return found;
  }

  private static X509Certificate certificate(Path file, Block block) throws CredentialsException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.der()));
    } catch (CertificateException e) {
      throw new CredentialsException(
          "%s has a damaged certificate; copy the file again".formatted(file));
    }
  }

  private static PrivateKey key(PemFile pem, PublicKey certified) throws CredentialsException {
    Path file = pem.path();
    Optional<Block> found =
        pem.blocks().stream().filter(it -> it.label().endsWith("PRIVATE KEY")).findFirst();
    if (found.isEmpty()) {
      throw new CredentialsException(
          "%s has no private key but %s; put the gateway's private key there"
              .formatted(file, pem.blocks().getFirst().label()));
    }
    Block block = found.get();
    if (block.encrypted()) {
      throw new CredentialsException(
          "the key %s is encrypted, and nobody is there to type its password; write it without one (openssl pkey -in OLD -out NEW)"
              .formatted(file));
    }
    byte[] pkcs8 =
        switch (block.label()) {
          case "PRIVATE KEY" -> block.der();
          case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> toPkcs8(block.der(), certified);
          default ->
              throw new CredentialsException(
                  "%s has a key of the kind %s; give an RSA or EC key as PKCS#8, PKCS#1 or SEC 1"
                      .formatted(file, block.label()));
        };
    return decoded(file, pkcs8, certified);
  }

  /// PKCS#8 (RFC 5958) is a version, the algorithm and the older form. The algorithm is that of the
  /// certificate, as the key must be its.
  private static byte[] toPkcs8(byte[] older, PublicKey certified) {
    return PemFile.element(
        SEQUENCE, VERSION_0, algorithm(certified), PemFile.element(OCTET_STRING, older));
  }

  /// The first element of a SubjectPublicKeyInfo (RFC 5280), shorter than 128 bytes for all kinds
  /// of keys that are supported.
  private static byte[] algorithm(PublicKey key) {
    byte[] info = key.getEncoded();
    int start = (info[1] & 0x80) == 0 ? 2 : 2 + (info[1] & 0x7f);
    return Arrays.copyOfRange(info, start, start + 2 + info[start + 1]);
  }

  private static PrivateKey decoded(Path file, byte[] pkcs8, PublicKey certified)
      throws CredentialsException {
    for (String algorithm : List.of("RSA", "EC")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (GeneralSecurityException e) {
        // Perhaps of the other algorithm.
      }
    }
    throw new CredentialsException(
        "%s cannot be read as the RSA or EC key of a certificate with an %s key; give the key that was made with the certificate"
            .formatted(file, certified.getAlgorithm()));
  }

  private static boolean isPair(PrivateKey key, PublicKey certified) {
    String algorithm =
        switch (certified) {
          case RSAPublicKey _ -> "SHA256withRSA";
          case ECPublicKey _ -> "SHA256withECDSA";
          default -> "";
        };
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /// Without the key.
  @Override
  public String toString() {
    return "PemCredentials[" + certificate().getSubjectX500Principal() + "]";
  }
}
