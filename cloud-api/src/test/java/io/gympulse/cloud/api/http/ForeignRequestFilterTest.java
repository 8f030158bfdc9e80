package io.gympulse.cloud.api.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.api.RunningApi;
import io.gympulse.cloud.api.SampleGyms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests over a plain socket, since HTTP clients do not let their users set Host and Origin.
class ForeignRequestFilterTest {
  private static final RunningApi API = new RunningApi(new SampleGyms());
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
  void a_request_with_a_foreign_host_is_403(String path) throws IOException {
    String answer = send("GET", path, "Host: evil.example:8080\r\n", "");
    assertThat(answer)
        .startsWith("HTTP/1.1 403 ")
        .contains("\r\ncontent-type: application/problem+json")
        .contains("{\"type\":\"urn:gympulse:problem:foreign_host\",\"title\":\"Foreign host\",");
    assertThat(answer).containsIgnoringCase("content-security-policy: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
  void a_request_with_a_foreign_origin_is_403(String method) throws IOException {
    String answer = send(method, "/alerts", own() + "Origin: http://evil.example\r\n", "{}");
    assertThat(answer)
        .startsWith("HTTP/1.1 403 ")
        .contains("{\"type\":\"urn:gympulse:problem:foreign_origin\",");
  }

  @Test
  void a_stream_with_a_foreign_host_or_origin_is_403() throws IOException {
    assertThat(send("GET", "/stream", own() + UPGRADE + "Origin: http://evil.example\r\n", ""))
        .startsWith("HTTP/1.1 403 ")
        .contains("\"code\":\"foreign_origin\"");
    assertThat(send("GET", "/stream", "Host: evil.example\r\n" + UPGRADE, ""))
        .startsWith("HTTP/1.1 403 ")
        .contains("\"code\":\"foreign_host\"");
  }

  @Test
  void a_cross_site_change_without_an_origin_is_403() throws IOException {
    String marked = own() + "Sec-Fetch-Site: cross-site\r\n";
    assertThat(send("DELETE", "/alerts/x", marked, "")).startsWith("HTTP/1.1 403 ");
    assertThat(send("GET", "/branches", marked, "")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void the_own_page_is_served() throws IOException {
    String origin = "Origin: http://127.0.0.1:%d\r\n".formatted(API.port());
    assertThat(send("GET", "/branches", own() + origin, "")).startsWith("HTTP/1.1 200 ");
    assertThat(send("DELETE", "/alerts/x", own() + origin, "")).startsWith("HTTP/1.1 401 ");
  }

  private static String own() {
    return "Host: 127.0.0.1:%d\r\n".formatted(API.port());
  }

  private static String send(String method, String path, String headers, String body)
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
