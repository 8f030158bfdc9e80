package io.gympulse.cloud.aws.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import software.amazon.awssdk.http.urlconnection.UrlConnectionFactory;

/// The JDK's connections to one endpoint, without proxies. Setting up TLS takes nearly as long as
/// building a client, so it is done only for https endpoints.
///
/// Safe for any number of threads. All connections share one socket factory: the JDK reuses an open
/// connection only for requests with the same factory.
final class HttpConnections implements UrlConnectionFactory {
  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration READ = Duration.ofSeconds(5);

  private final Optional<SSLSocketFactory> tls;

  private HttpConnections(Optional<SSLSocketFactory> tls) {
    this.tls = tls;
  }

  /// Without TLS, for stores and brokers on this machine.
  static HttpConnections plain() {
    return new HttpConnections(Optional.empty());
  }

  /// @param tls defines the trusted roots
  static HttpConnections over(SSLSocketFactory tls) {
    return new HttpConnections(Optional.of(tls));
  }

  /// @throws IllegalStateException if the endpoint asks for TLS and there is none
  @Override
  public HttpURLConnection createConnection(URI uri) {
    HttpURLConnection connection = open(uri);
    if (connection instanceof HttpsURLConnection secured) {
      secured.setSSLSocketFactory(
          tls.orElseThrow(() -> new IllegalStateException("no TLS was set up for " + uri)));
    }
    connection.setConnectTimeout((int) CONNECT.toMillis());
    connection.setReadTimeout((int) READ.toMillis());
    return connection;
  }

  private static HttpURLConnection open(URI uri) {
    try {
      return (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
