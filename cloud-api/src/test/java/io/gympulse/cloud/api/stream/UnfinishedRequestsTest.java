package io.gympulse.cloud.api.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.api.RunningApi;
import io.gympulse.cloud.api.SampleGyms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnfinishedRequestsTest {
  private final RunningApi api =
      new RunningApi(new SampleGyms(), RunningApi.Settings.STANDARD.withRequestTimeout(2));

  @AfterEach
  void stop() {
    api.close();
  }

  static Stream<String> unfinished() {
    return Stream.of(
        "",
        "GET /gyms HTTP/1.1\r\nHost: loc",
        "POST /demo/links/a HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: 500\r\n\r\n{");
  }

  @ParameterizedTest
  @MethodSource("unfinished")
  void a_connection_without_a_complete_request_is_closed(String part) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(part.getBytes(US_ASCII));
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void a_connection_is_closed_also_after_a_response() throws IOException {
    try (Socket socket = connect()) {
      socket
          .getOutputStream()
          .write("GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\nGET /no".getBytes(US_ASCII));
      String answers = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      assertThat(answers).startsWith("HTTP/1.1 404 ").containsOnlyOnce("HTTP/1.1");
    }
  }

  @Test
  void a_stream_has_no_request_timeout() throws IOException {
    try (RawSocket socket = new RawSocket(api.port(), "/stream", "c2lsZW50IGFzIGEgc3RvbmU=")) {
      assertThat(socket.status()).contains(" 101 ");
      socket.receive(RawSocket.PING);
      socket.send(RawSocket.PONG, true, new byte[0]);
      assertThat(socket.receive(RawSocket.PING).text()).isEmpty();
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port());
    socket.setSoTimeout(30_000);
    return socket;
  }
}
