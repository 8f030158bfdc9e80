package io.gympulse.local.pki;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.gympulse.process.DurableFile;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// The certificate authority of one directory.
///
/// `open` loads an existing authority and creates one only in an empty directory, so certificates
/// that were issued earlier stay valid. Private keys are written with mode 0600. Device keys are
/// RSA 2048, which AWS IoT issues and every device SDK reads; the authority and the broker use
/// P-256. A file lock lets one process at a time create an authority.
public final class CertificateAuthority {

  /// An issued certificate with its private key.
  public record Issued(X509Certificate certificate, PrivateKey privateKey) {

    /// SHA-256 over the certificate's DER bytes, as 64 lower-case hexadecimal digits.
    public String fingerprint() {
      return Fingerprint.of(certificate);
    }

    /// Writes both as PEM; the key file is readable by its owner only.
    public void write(Path certificateFile, Path keyFile) throws IOException {
      DurableFile.write(keyFile, Pem.of(privateKey));
      DurableFile.writePublic(certificateFile, Pem.of(certificate));
    }

    /// Writes key and certificate into one PEM file, readable by its owner only, as servers need
    /// it.
    public void writeTogether(Path file) throws IOException {
      DurableFile.write(file, Pem.of(privateKey) + Pem.of(certificate));
    }
  }

  private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
  private static final Duration LEAF_LIFE = Duration.ofDays(1825);

  /// A device's clock may be hours slow before it is synchronised.
  private static final Duration CLOCK_MARGIN = Duration.ofDays(1);

  private final Path certificateFile;
  private final X509Certificate certificate;
  private final PrivateKey key;

  private CertificateAuthority(Path certificateFile, X509Certificate certificate, PrivateKey key) {
    this.certificateFile = certificateFile;
    this.certificate = certificate;
    this.key = key;
  }

  /// Opens the directory's authority, or creates one.
  ///
  /// @param now certificates are valid from a day before, for devices with slow clocks
  /// @throws IOException if the files can neither be read nor written
  public static CertificateAuthority open(Path directory, Instant now) throws IOException {
    DurableFile.makeFolders(directory);
    try (FileChannel file = FileChannel.open(directory.resolve("root-ca.lock"), CREATE, WRITE);
        FileLock lock = file.lock()) {
      return lock.isValid() ? openLocked(directory, now) : open(directory, now);
    }
  }

  private static CertificateAuthority openLocked(Path directory, Instant now) throws IOException {
    Path certificateFile = directory.resolve("root-ca.pem");
    Path keyFile = directory.resolve("root-ca.key");
    if (Files.exists(certificateFile) && Files.exists(keyFile)) {
      return new CertificateAuthority(
          certificateFile, Pem.readCertificate(certificateFile), Pem.readPrivateKey(keyFile));
    }
    KeyPair pair = ellipticPair();
    X500Name name = new X500Name("CN=GymPulse local root,O=GymPulse");
    try {
      var builder = builder(name, name, pair.getPublic(), now, AUTHORITY_LIFE);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
      X509Certificate certificate = sign(builder, pair.getPrivate());
      DurableFile.write(keyFile, Pem.of(pair.getPrivate()));
      DurableFile.writePublic(certificateFile, Pem.of(certificate));
      return new CertificateAuthority(certificateFile, certificate, pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot create a certificate authority in " + directory, e);
    }
  }

  /// The authority's own certificate, which clients pin as their root.
  public Path certificateFile() {
    return certificateFile;
  }

  /// The authority's own certificate as PEM text.
  public String certificatePem() {
    return Pem.of(certificate);
  }

  /// Issues a certificate for a server with these names.
  public Issued forServer(ServerNames servers, Instant now) throws IOException {
    var names =
        new GeneralNames(
            Stream.concat(
                    servers.dns().stream().map(it -> new GeneralName(GeneralName.dNSName, it)),
                    servers.addresses().stream()
                        .map(it -> new GeneralName(GeneralName.iPAddress, it)))
                .toArray(GeneralName[]::new));
    return issue(ellipticPair(), "localhost", KeyPurposeId.id_kp_serverAuth, names, now);
  }

  /// Issues a certificate whose common name is the thing's name.
  public Issued forThing(String thingName, Instant now) throws IOException {
    return issue(
        rsaPair(),
        thingName,
        KeyPurposeId.id_kp_clientAuth,
        new GeneralNames(new GeneralName(GeneralName.dNSName, thingName)),
        now);
  }

  private Issued issue(
      KeyPair pair, String commonName, KeyPurposeId purpose, GeneralNames names, Instant now)
      throws IOException {
    try {
      var issuer = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
      var subject = new X500Name("CN=" + commonName);
      var builder = builder(issuer, subject, pair.getPublic(), now, LEAF_LIFE);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
      builder.addExtension(Extension.subjectAlternativeName, false, names);
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate));
      return new Issued(sign(builder, key), pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot sign a certificate for " + commonName, e);
    }
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, PublicKey subjectKey, Instant now, Duration life)
      throws CertIOException {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(127, new SecureRandom()).setBit(126),
        Date.from(now.minus(CLOCK_MARGIN)),
        Date.from(now.plus(life)),
        subject,
        subjectKey);
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException {
    String algorithm = "EC".equals(key.getAlgorithm()) ? "SHA256withECDSA" : "SHA256withRSA";
    try {
      var signer = new JcaContentSignerBuilder(algorithm).build(key);
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static KeyPair ellipticPair() throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java runtime has no P-256", e);
    }
  }

  private static KeyPair rsaPair() throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java runtime has no RSA", e);
    }
  }
}
