package io.gympulse.edge.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each cause against a real TLS server, with keys made for this run by the JDK's keytool.
class TlsDiagnosisTest {
  @TempDir static Path folder;

  private static TestKeys keys;

  @BeforeAll
  static void makeKeys() throws IOException, InterruptedException {
    keys = new TestKeys(folder);
    keys.make("cloud", "-ext", "san=ip:127.0.0.1", "-validity", "2");
    keys.make("elsewhere", "-ext", "san=dns:cloud.example", "-validity", "2");
    keys.make("expired", "-ext", "san=ip:127.0.0.1", "-startdate", "-9d", "-validity", "1");
    keys.make("gateway", "-validity", "2");
  }

  @Test
  void a_cloud_of_another_certificate_authority_is_named() throws Exception {
    assertThat(explainedBy("cloud", settings("gateway", "elsewhere")))
        .contains("was not issued by")
        .contains("provision the gateway from the cloud it is to reach");
  }

  @Test
  void a_cloud_of_another_name_is_named() throws Exception {
    assertThat(explainedBy("elsewhere", settings("gateway", "elsewhere")))
        .contains("is for another name")
        .contains("`host`");
  }

  @Test
  void an_expired_certificate_of_the_cloud_is_named() throws Exception {
    assertThat(explainedBy("expired", settings("gateway", "expired")))
        .contains("the certificate of 127.0.0.1")
        .contains("is not valid at this machine's time");
  }

  @Test
  void an_expired_certificate_of_the_gateway_is_named() {
    assertThat(new TlsDiagnosis(settings("expired", "cloud").at(1)).explain())
        .contains("the gateway's certificate")
        .contains("is not valid at this machine's time")
        .contains("provision the gateway again");
  }

  @Test
  void where_all_else_is_well_the_cloud_refuses_the_gateways_certificate() throws Exception {
    assertThat(explainedBy("cloud", settings("gateway", "cloud")))
        .contains("refuses this gateway's certificate")
        .contains("revoked");
  }

  @Test
  void a_port_on_which_nothing_listens_is_named() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertThat(new TlsDiagnosis(settings("gateway", "cloud").at(free)).explain())
        .contains("nothing listens at 127.0.0.1:" + free);
  }

  @Test
  void a_server_that_does_not_speak_tls_is_named() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (Socket client = server.accept()) {
                  client.getOutputStream().write("SMTP ready\r\n".getBytes(UTF_8));
                  client.getInputStream().readAllBytes();
                } catch (IOException e) {
                  // The test has what it wanted.
                }
              });
      assertThat(new TlsDiagnosis(settings("gateway", "cloud").at(server.getLocalPort())).explain())
          .contains("does not speak TLS as expected");
    }
  }

  @Test
  void a_cloud_that_takes_the_certificate_has_no_fault() throws Exception {
    try (SSLServerSocket server = server("cloud")) {
      Thread.ofVirtual().start(() -> serve(server));
      assertThat(fault(settings("gateway", "cloud").at(server.getLocalPort()))).isEmpty();
    }
  }

  @Test
  void a_cloud_that_refuses_the_certificate_is_named() throws Exception {
    try (SSLServerSocket server = server("cloud")) {
      // Its trust store does not have the certificate's issuer.
      Thread.ofVirtual().start(() -> serve(server));
      keys.make("stranger", "-validity", "2");
      assertThat(fault(settings("stranger", "cloud").at(server.getLocalPort())))
          .hasValueSatisfying(it -> assertThat(it).contains("refuses this gateway's certificate"));
    }
  }

  private static Optional<String> fault(UplinkSettings.Direct settings) throws Exception {
    return TlsDiagnosis.fault(settings, PemCredentials.read(settings), Duration.ofSeconds(10));
  }

  private static SSLServerSocket server(String key) throws IOException, GeneralSecurityException {
    SSLServerSocket server =
        (SSLServerSocket)
            keys.serverContext(key, "gateway")
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
    server.setNeedClientAuth(true);
    return server;
  }

  /// Keeps the connection open until the client ends it.
  private static void serve(SSLServerSocket server) {
    try (SSLSocket client = (SSLSocket) server.accept()) {
      client.startHandshake();
      client.getInputStream().readAllBytes();
    } catch (IOException e) {
      // A rejection may be expected.
    }
  }

  private record Uplinks(String gateway, String root) {
    UplinkSettings.Direct at(int port) {
      return new UplinkSettings.Direct(
          "127.0.0.1",
          port,
          keys.certificate(gateway),
          keys.key(gateway),
          keys.certificate(root),
          UplinkSettings.TopicMode.PLAIN);
    }
  }

  private static Uplinks settings(String gateway, String root) {
    return new Uplinks(gateway, root);
  }

  /// What is found out about a server with that key, which asks for a client certificate.
  private static String explainedBy(String key, Uplinks files)
      throws IOException, GeneralSecurityException {
    try (SSLServerSocket server =
        (SSLServerSocket)
            keys.serverContext(key)
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setNeedClientAuth(true);
      Thread.ofVirtual()
          .start(
              () -> {
                try (SSLSocket client = (SSLSocket) server.accept()) {
                  client.startHandshake();
                } catch (IOException e) {
                  // The rejection is expected.
                }
              });
      return new TlsDiagnosis(files.at(server.getLocalPort())).explain();
    }
  }
}
