package io.gympulse.cloud.api.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.api.RunningApi;
import io.gympulse.cloud.api.SampleGyms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests written by hand, since no client lets its user choose the headers Host and Origin.
class ForeignRequestsTest {
  private static final RunningApi API = new RunningApi(new SampleGyms(), Optional.empty());
  private static final String UPGRADE =
      """
      Connection: Upgrade\r
      Upgrade: websocket\r
      Sec-WebSocket-Version: 13\r
      Sec-WebSocket-Key: c2lsZW50IGFzIGEgc3RvbmU=\r
      """;

  @AfterAll
  static void stop() {
    API.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/app.js", "/branches", "/health", "/no/such/page", "/stream"})
  void a_foreign_name_pointed_at_this_machine_reads_nothing(String path) throws IOException {
    String answer = ask("GET", path, "Host: evil.example:8080\r\n", "");
    assertThat(answer)
        .startsWith("HTTP/1.1 403 ")
        .contains("\r\ncontent-type: application/json")
        .contains("{\"error\":{\"code\":\"foreign_host\",\"message\":");
    assertThat(answer).containsIgnoringCase("content-security-policy: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
  void a_page_of_another_site_is_refused_in_the_form_of_all_errors(String method)
      throws IOException {
    String answer = ask(method, "/alerts", own() + "Origin: http://evil.example\r\n", "{}");
    assertThat(answer)
        .startsWith("HTTP/1.1 403 ")
        .contains("{\"error\":{\"code\":\"foreign_origin\",\"message\":");
  }

  @Test
  void a_page_of_another_site_gets_no_stream() throws IOException {
    assertThat(ask("GET", "/stream", own() + UPGRADE + "Origin: http://evil.example\r\n", ""))
        .startsWith("HTTP/1.1 403 ")
        .contains("\"code\":\"foreign_origin\"");
    assertThat(ask("GET", "/stream", "Host: evil.example\r\n" + UPGRADE, ""))
        .startsWith("HTTP/1.1 403 ")
        .contains("\"code\":\"foreign_host\"");
  }

  @Test
  void a_change_marked_as_another_sites_is_refused_without_an_origin() throws IOException {
    String marked = own() + "Sec-Fetch-Site: cross-site\r\n";
    assertThat(ask("DELETE", "/alerts/x", marked, "")).startsWith("HTTP/1.1 403 ");
    assertThat(ask("GET", "/branches", marked, "")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void the_own_page_is_served() throws IOException {
    String origin = "Origin: http://127.0.0.1:%d\r\n".formatted(API.port());
    assertThat(ask("GET", "/branches", own() + origin, "")).startsWith("HTTP/1.1 200 ");
    assertThat(ask("DELETE", "/alerts/x", own() + origin, "")).startsWith("HTTP/1.1 400 ");
  }

  private static String own() {
    return "Host: 127.0.0.1:%d\r\n".formatted(API.port());
  }

  private static String ask(String method, String path, String headers, String body)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), API.port())) {
      String request =
          "%s %s HTTP/1.1\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n%s"
              .formatted(
                  method,
                  path,
                  headers,
                  body.length(),
                  headers.contains("Upgrade") ? "" : "Connection: close\r\n",
                  body);
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      if (headers.contains("Upgrade")) {
        socket.shutdownOutput();
      }
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
