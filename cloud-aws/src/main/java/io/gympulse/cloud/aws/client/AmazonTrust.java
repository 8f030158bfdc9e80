package io.gympulse.cloud.aws.client;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// Trusts only the four roots of [Amazon Trust Services](https://www.amazontrust.com/repository/),
/// which sign the certificates of all AWS endpoints: a function calls nothing but AWS, and so does
/// not load the JDK's 150 roots at its start.
final class AmazonTrust {
  private static final String ROOTS = "amazon-root-certificates.pem";

  private AmazonTrust() {}

  /// For connections that trust these roots.
  static SSLSocketFactory socketFactory() {
    try {
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, trustManagers(), null);
      return tls.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no TLS", e);
    }
  }

  static TrustManager[] trustManagers() {
    try (InputStream pem = AmazonTrust.class.getResourceAsStream(ROOTS)) {
      KeyStore roots = KeyStore.getInstance("JKS");
      roots.load(null, null);
      for (Certificate it : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        roots.setCertificateEntry("root-" + roots.size(), it);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(roots);
      return factory.getTrustManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("%s cannot be read".formatted(ROOTS), e);
    }
  }
}
