package io.gympulse.cloud.aws.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.HttpURLConnection;
import java.net.URI;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;

class HttpConnectionsTest {
  private static final URI SECURED = URI.create("https://dynamodb.eu-north-1.amazonaws.com/");

  @Test
  void an_https_endpoint_uses_the_given_tls_only() {
    SSLSocketFactory tls = AmazonTrust.socketFactory();

    assertThat(HttpConnections.over(tls).createConnection(SECURED))
        .isInstanceOfSatisfying(
            HttpsURLConnection.class, it -> assertThat(it.getSSLSocketFactory()).isSameAs(tls));
    assertThatThrownBy(() -> HttpConnections.plain().createConnection(SECURED))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no TLS");
  }

  @Test
  void every_connection_has_timeouts() {
    HttpURLConnection connection =
        HttpConnections.plain().createConnection(URI.create("http://127.0.0.1:8000/"));

    assertThat(connection.getConnectTimeout()).isPositive();
    assertThat(connection.getReadTimeout()).isPositive();
  }
}
