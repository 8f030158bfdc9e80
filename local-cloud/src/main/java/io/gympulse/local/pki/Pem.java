package io.gympulse.local.pki;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.util.encoders.DecoderException;

/// PEM text of certificates and of unencrypted private keys (PKCS #8), and files that contain it.
final class Pem {

  private interface Converter<T, R> {
    R convert(T parsed) throws IOException, GeneralSecurityException;
  }

  private Pem() {}

  static String of(X509Certificate certificate) {
    return encode(certificate);
  }

  static String of(PrivateKey key) {
    try {
      return encode(new JcaPKCS8Generator(key, null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String encode(Object object) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      pem.writeObject(object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /// The first certificate of a file that may contain a key as well.
  ///
  /// @throws IOException if the file cannot be read or contains no certificate; the message names
  ///     it
  static X509Certificate readCertificate(Path file) throws IOException {
    return first(
        file,
        "certificate",
        X509CertificateHolder.class,
        it -> new JcaX509CertificateConverter().getCertificate(it));
  }

  /// The first private key of a file that may contain a certificate as well.
  ///
  /// @throws IOException if the file cannot be read or contains no key; the message names it
  static PrivateKey readPrivateKey(Path file) throws IOException {
    return first(
        file, "key", PrivateKeyInfo.class, it -> new JcaPEMKeyConverter().getPrivateKey(it));
  }

  private static <T, R> R first(Path file, String kind, Class<T> type, Converter<T, R> converter)
      throws IOException {
    String text = Files.readString(file, US_ASCII);
    try (PEMParser pem = new PEMParser(new StringReader(text))) {
      for (Object it = pem.readObject(); it != null; it = pem.readObject()) {
        if (type.isInstance(it)) {
          return converter.convert(type.cast(it));
        }
      }
      throw new IOException("there is none in it");
    } catch (IOException | GeneralSecurityException | DecoderException e) {
      throw new IOException(
          "%s is not a PEM %s; restore it, or remove the directory to start anew"
              .formatted(file, kind),
          e);
    }
  }
}
