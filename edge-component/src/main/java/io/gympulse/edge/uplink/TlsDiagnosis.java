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
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// Finds out why there is no TLS connection to the cloud, which the MQTT client reports as
/// "negotiation failed" whatever the cause. It checks the gateway's own certificate, then connects
/// once more and reads why the JDK's TLS rejects the cloud. Safe for any number of threads.
///
/// @param settings the cloud's address and the PEM files used
/// @param timeout for the connection and for each answer
/// @param shown the certificate for the connection; empty for one without
public record TlsDiagnosis(
    UplinkSettings.Direct settings, Duration timeout, Optional<PemCredentials> shown) {
  /// How long after the handshake a server may take to refuse a certificate.
  private static final int REFUSAL_MILLIS = 1_500;

  private static final int HTTPS_PORT = 443;

  /// AWS IoT Core's name for MQTT with certificates on the port of HTTPS.
  private static final String MQTT_OVER_HTTPS_PORT = "x-amzn-mqtt-ca";

  /// A connection without a certificate.
  TlsDiagnosis(UplinkSettings.Direct settings) {
    this(settings, Duration.ofSeconds(10), Optional.empty());
  }

  /// Makes a TLS connection with the gateway's certificate.
  ///
  /// @return empty if the cloud accepts it, else the cause and the remedy in one sentence. Blocks
  ///     for up to twice the timeout
  public static Optional<String> fault(
      UplinkSettings.Direct settings, PemCredentials credentials, Duration timeout) {
    return new TlsDiagnosis(settings, timeout, Optional.of(credentials)).connection();
  }

  /// Returns the cause and the remedy in one sentence. Blocks for up to 20 s.
  String explain() {
    try {
      return ownCertificate()
          .or(this::connection)
          .orElse("%s accepts the certificate now".formatted(cloud()));
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

  private String cloud() {
    return settings.host() + ":" + settings.port();
  }

  private Optional<String> connection() {
    try (Socket plain = new Socket()) {
      int millis = Math.toIntExact(timeout.toMillis());
      plain.connect(new InetSocketAddress(settings.host(), settings.port()), millis);
      plain.setSoTimeout(millis);
      return handshake(plain, cloud());
    } catch (UnknownHostException e) {
      return Optional.of(
          "the host name %s cannot be resolved; check `host` and the network's DNS"
              .formatted(settings.host()));
    } catch (ConnectException e) {
      return Optional.of(
          "nothing listens at %s (%s); check `host` and `port`, and that the cloud runs"
              .formatted(cloud(), e.getMessage()));
    } catch (SocketTimeoutException e) {
      return Optional.of(
          "%s does not answer; check the network and its firewall".formatted(cloud()));
    } catch (IOException | GeneralSecurityException e) {
      return Optional.of("%s: %s".formatted(cloud(), e.getMessage()));
    }
  }

  private Optional<String> handshake(Socket plain, String cloud)
      throws IOException, GeneralSecurityException {
    try (SSLSocket socket =
        (SSLSocket)
            context()
                .getSocketFactory()
                .createSocket(plain, settings.host(), settings.port(), true)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      if (settings.port() == HTTPS_PORT) {
        parameters.setApplicationProtocols(new String[] {MQTT_OVER_HTTPS_PORT});
      }
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      // The JDK does not check the dates of a certificate that is itself a trust anchor.
      ((X509Certificate) socket.getSession().getPeerCertificates()[0]).checkValidity();
      // With TLS 1.3 the server rejects a client's certificate only after the handshake.
      return shown.isPresent() && isOpen(socket)
          ? Optional.empty()
          : Optional.of(rejectedByCloud(cloud));
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException | CertificateException e) {
      return Optional.of(cause(e, cloud));
    }
  }

  /// Whether the server neither ends the connection nor sends an alert: a broker waits for CONNECT.
  private static boolean isOpen(SSLSocket socket) throws IOException {
    socket.setSoTimeout(REFUSAL_MILLIS);
    try {
      return socket.getInputStream().read() >= 0;
    } catch (SocketTimeoutException e) {
      return true;
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

  private SSLContext context() throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(shown.isPresent() ? keys(shown.get()) : null, trusting(settings.rootCa()), null);
    return context;
  }

  private static KeyManager[] keys(PemCredentials credentials)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    char[] inMemoryOnly = new char[0];
    store.setKeyEntry(
        "gateway",
        credentials.key(),
        inMemoryOnly,
        credentials.chain().toArray(Certificate[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, inMemoryOnly);
    return keys.getKeyManagers();
  }

  private static TrustManager[] trusting(Path rootCa) throws IOException, GeneralSecurityException {
    KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
    roots.load(null, null);
    try (InputStream in = Files.newInputStream(rootCa)) {
      int number = 0;
      for (Certificate root : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        roots.setCertificateEntry("root-" + number, root);
        number++;
      }
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(roots);
    return trust.getTrustManagers();
  }

  private static X509Certificate read(Path pem) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(pem)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }
}
