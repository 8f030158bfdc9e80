package io.gympulse.local.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.gympulse.process.SiteCheck;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpApiEmulatorTest {

  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private final List<APIGatewayV2HTTPEvent> events = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server = serve();

  @AfterEach
  void stop() {
    server.close();
    client.shutdownNow();
  }

  @Test
  void a_request_becomes_the_event_of_an_http_api() throws Exception {
    var request =
        HttpRequest.newBuilder(uri("/things/a%2Fb?x=1&y=%C3%A9+z&x=2&flag"))
            .header("X-One", "1")
            .header("X-One", "2")
            .POST(BodyPublishers.ofString("héllo"));
    send(request);

    APIGatewayV2HTTPEvent event = events.getFirst();
    assertThat(event.getVersion()).isEqualTo("2.0");
    assertThat(event.getRouteKey()).isEqualTo("POST /things/{id}");
    assertThat(event.getRawPath()).isEqualTo("/things/a%2Fb");
    assertThat(event.getRawQueryString()).isEqualTo("x=1&y=%C3%A9+z&x=2&flag");
    assertThat(event.getPathParameters()).containsExactly(Map.entry("id", "a/b"));
    assertThat(event.getQueryStringParameters())
        .isEqualTo(Map.of("x", "1,2", "y", "é z", "flag", ""));
    assertThat(event.getHeaders()).containsEntry("x-one", "1,2");
    assertThat(event.getBody()).isEqualTo("héllo");
    assertThat(event.getIsBase64Encoded()).isFalse();
    assertThat(event.getRequestContext().getRequestId()).isNotBlank();
    assertThat(event.getRequestContext().getTimeEpoch()).isEqualTo(NOON.toEpochMilli());
    assertThat(event.getRequestContext().getHttp().getMethod()).isEqualTo("POST");
    assertThat(event.getRequestContext().getHttp().getSourceIp()).isEqualTo("127.0.0.1");
  }

  @Test
  void binary_bodies_are_base64_in_both_directions() throws Exception {
    byte[] bytes = {(byte) 0xff, 0, 1};
    var request =
        HttpRequest.newBuilder(uri("/echo")).POST(BodyPublishers.ofByteArray(bytes)).build();
    byte[] answer = client.send(request, BodyHandlers.ofByteArray()).body();
    assertThat(events.getFirst().getIsBase64Encoded()).isTrue();
    assertThat(Base64.getDecoder().decode(events.getFirst().getBody())).isEqualTo(bytes);
    assertThat(answer).isEqualTo(bytes);
  }

  @Test
  void a_response_has_the_functions_status_headers_and_body() throws Exception {
    var answer = send(HttpRequest.newBuilder(uri("/echo")).POST(BodyPublishers.ofString("x")));
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("X-Echo")).contains("yes");
    assertThat(answer.body()).isEqualTo("x");
  }

  @Test
  void a_path_without_a_route_and_a_method_without_one_have_different_statuses() throws Exception {
    assertThat(send(HttpRequest.newBuilder(uri("/echo/more"))).statusCode()).isEqualTo(404);
    assertThat(send(HttpRequest.newBuilder(uri("/"))).body()).contains("\"not_found\"");
    var answer = send(HttpRequest.newBuilder(uri("/echo")).DELETE());
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("POST");
    assertThat(answer.body()).contains("\"method_not_allowed\"");
    assertThat(events).isEmpty();
  }

  @Test
  void a_function_that_throws_is_answered_with_500_without_its_message() throws Exception {
    var answer = send(HttpRequest.newBuilder(uri("/broken")));
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("internal_server_error").doesNotContain("secret");
  }

  @Test
  void a_content_length_over_the_limit_is_refused_before_the_body_is_read() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n"
                  .getBytes(UTF_8));
      assertThat(new String(socket.getInputStream().readNBytes(12), UTF_8))
          .isEqualTo("HTTP/1.1 413");
    }
    assertThat(events).isEmpty();
  }

  @Test
  void a_body_of_unknown_length_is_refused_at_the_limit() throws Exception {
    var endless = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[7 << 20]));
    try {
      assertThat(send(HttpRequest.newBuilder(uri("/echo")).POST(endless)).statusCode())
          .isEqualTo(413);
    } catch (IOException e) {
      // The server closed the connection while the client was sending, which is correct as well.
    }
    assertThat(events).isEmpty();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpServer serve() {
    try {
      HttpServer started =
          HttpServer.start(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              new SiteCheck(Set.of()),
              HttpLimits.STANDARD);
      started.serve(
          "/",
          new HttpApiEmulator(
              List.of(
                  new Route("POST", "/echo", (event, _) -> echo(event)),
                  new Route("POST", "/things/{id}", (event, _) -> echo(event)),
                  new Route(
                      "GET",
                      "/broken",
                      (_, _) -> {
                        throw new IllegalStateException("secret");
                      })),
              () -> NOON));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private APIGatewayV2HTTPResponse echo(APIGatewayV2HTTPEvent event) {
    events.add(event);
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(202)
        .withHeaders(Map.of("X-Echo", "yes"))
        .withBody(event.getBody())
        .withIsBase64Encoded(event.getIsBase64Encoded())
        .build();
  }

  private int port() {
    return server.port();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }
}
