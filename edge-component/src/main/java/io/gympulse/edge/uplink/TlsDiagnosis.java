package io.gympulse.edge.uplink;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/// Finds out why there is no TLS connection to the cloud, which the MQTT client reports as
/// "negotiation failed" whatever the cause. It checks the gateway's own certificate, then connects
/// once more without one and reads why the JDK's TLS rejects the cloud. Safe for any number of
/// threads.
///
/// @param settings the cloud's address and the PEM files used
record TlsDiagnosis(UplinkSettings.Direct settings) {
  private static final int TIMEOUT_MILLIS = 10_000;

  /// Returns the cause and the remedy in one sentence. Blocks for up to 20 s.
  String explain() {
    try {
      return ownCertificate().orElseGet(this::connection);
    } catch (IOException | GeneralSecurityException e) {
      return "the files of the uplink cannot be read (%s); provision the gateway again"
          .formatted(e.getMessage());
    }
  }

  private Optional<String> ownCertificate() throws IOException, GeneralSecurityException {
    try {
      read(settings.certificate()).checkValidity();
      return Optional.empty();
    } catch (CertificateExpiredException | CertificateNotYetValidException e) {
      return Optional.of(
          "the gateway's certificate %s is not valid at this machine's time (%s); set the clock, or provision the gateway again"
              .formatted(settings.certificate(), e.getMessage()));
    }
  }

  private String connection() {
    String cloud = settings.host() + ":" + settings.port();
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(settings.host(), settings.port()), TIMEOUT_MILLIS);
      plain.setSoTimeout(TIMEOUT_MILLIS);
      return handshake(plain, cloud);
    } catch (UnknownHostException e) {
      return "the host name %s cannot be resolved; check `host` and the network's DNS"
          .formatted(settings.host());
    } catch (ConnectException e) {
      return "nothing listens at %s (%s); check `host` and `port`, and that the cloud runs"
          .formatted(cloud, e.getMessage());
    } catch (SocketTimeoutException e) {
      return "%s does not answer; check the network and its firewall".formatted(cloud);
    } catch (IOException | GeneralSecurityException e) {
      return "%s: %s".formatted(cloud, e.getMessage());
    }
  }

  private String handshake(Socket plain, String cloud)
      throws IOException, GeneralSecurityException {
    try (SSLSocket socket =
        (SSLSocket)
            trusting(settings.rootCa())
                .getSocketFactory()
                .createSocket(plain, settings.host(), settings.port(), true)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      // The JDK does not check the dates of a certificate that is itself a trust anchor.
      ((X509Certificate) socket.getSession().getPeerCertificates()[0]).checkValidity();
      // With TLS 1.3 the server rejects a missing client certificate only after the handshake.
      return rejectedByCloud(cloud);
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException | CertificateException e) {
      return cause(e, cloud);
    }
  }

  private String rejectedByCloud(String cloud) {
    return ("%s has a certificate of %s, so it refuses this gateway's certificate %s: it is"
            + " unknown, replaced or revoked, or %s is not its key; provision the gateway again")
        .formatted(cloud, settings.rootCa(), settings.certificate(), settings.privateKey());
  }

  private String cause(Exception failure, String cloud) {
    for (Throwable it = failure; it != null; it = it.getCause()) {
      String message = String.valueOf(it.getMessage());
      if (it instanceof CertificateExpiredException
          || it instanceof CertificateNotYetValidException) {
        return "the certificate of %s is not valid at this machine's time (%s); set the clock, or renew the certificate"
            .formatted(cloud, message);
      }
      if (message.contains("No subject alternative") || message.contains("No name matching")) {
        return "the certificate of %s is for another name (%s); put a name it holds into `host`, or start the cloud with that name"
            .formatted(cloud, message);
      }
      if (message.contains("unable to find valid certification path")
          || message.contains("Path does not chain")
          || message.contains("signature check failed")) {
        return "the certificate of %s was not issued by %s; provision the gateway from the cloud it is to reach"
            .formatted(cloud, settings.rootCa());
      }
      if (message.contains("Received fatal alert")) {
        return rejectedByCloud(cloud);
      }
    }
    return "%s does not speak TLS as expected (%s); check `port`"
        .formatted(cloud, failure.getMessage());
  }

  private static SSLContext trusting(Path rootCa) throws IOException, GeneralSecurityException {
    KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
    roots.load(null, null);
    roots.setCertificateEntry("root", read(rootCa));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(roots);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static X509Certificate read(Path pem) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(pem)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }
}
