package io.gympulse.local.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gympulse.process.SiteCheck;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Malicious and broken clients, and well-behaved ones at the same time.
class HttpServerTest {
  private static final int MEGABYTE = 1 << 20;
  private static final String REQUEST =
      "GET /echo HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Socket> sockets = new ArrayList<>();
  private HttpServer server = serve(HttpLimits.STANDARD);

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    client.shutdownNow();
    server.close();
  }

  @Test
  void fifty_incomplete_bodies_stay_within_the_budget_and_others_are_served() throws Exception {
    for (int i = 0; i < 50; i++) {
      Socket socket = unfinished("127.0.0.1", MEGABYTE, MEGABYTE - 1);
      if (i % 10 == 0) {
        assertThat(post("a report").statusCode()).isEqualTo(200);
      }
      assertThat(socket.isConnected()).isTrue();
    }
    assertThat(server.health().path("bodyBytes").asLong())
        .isPositive()
        .isLessThanOrEqualTo(HttpLimits.STANDARD.budgetBytes() / 2);
    assertThat(post("a report").statusCode()).isEqualTo(200);
    await().until(() -> server.health().path("requestsRefused").asInt() >= 40);
  }

  @Test
  void a_body_over_the_budget_is_answered_with_retry_after() throws Exception {
    for (int i = 0; i < 4; i++) {
      unfinished("127.0.0.1", MEGABYTE, MEGABYTE - 1);
    }
    await().until(() -> server.health().path("bodyBytes").asLong() > 3 * MEGABYTE);
    HttpResponse<String> refused = post("x".repeat(MEGABYTE));
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).contains("1");
    assertThat(refused.body()).contains("\"busy\"");

    for (Socket socket : sockets) {
      socket.close();
    }
    await().until(() -> server.health().path("bodyBytes").asLong() == 0);
    assertThat(post("x".repeat(MEGABYTE)).statusCode()).isEqualTo(200);
  }

  @Test
  void one_source_leaves_half_of_the_budget_to_others() throws Exception {
    for (int i = 0; i < 8; i++) {
      unfinished("127.0.0.2", MEGABYTE, MEGABYTE - 1);
    }
    await().until(() -> server.health().path("bodyBytes").asLong() > 3 * MEGABYTE);
    assertThat(post("x".repeat(MEGABYTE)).statusCode()).isEqualTo(200);
  }

  @Test
  void a_body_over_the_limit_is_refused_before_it_is_sent() throws Exception {
    Socket socket = unfinished("127.0.0.1", 6 * MEGABYTE, 1_000);
    assertThat(answer(socket)).startsWith("HTTP/1.1 413").containsIgnoringCase("connection: close");
  }

  @Test
  void an_incomplete_body_times_out() throws Exception {
    restart(with(Duration.ofSeconds(60), Duration.ofMillis(200)));
    assertThat(answer(unfinished("127.0.0.1", 100, 5))).startsWith("HTTP/1.1 408");
  }

  @Test
  void incomplete_headers_time_out() throws Exception {
    restart(with(Duration.ofMillis(200), Duration.ofSeconds(60)));
    assertThat(answer(sending("127.0.0.1", "GET / HTTP/1.1\r\nHost: localhost\r\n"))).isEmpty();
    assertThat(answer(sending("127.0.0.1", ""))).isEmpty();
  }

  @Test
  void a_new_connection_replaces_the_longest_waiting_one_of_its_source() throws Exception {
    int most = HttpLimits.STANDARD.connectionsOfSource();
    Socket other = sending("127.0.0.3", "GET / HTTP/1.1\r\n");
    await().until(() -> server.health().path("connections").asInt() == 1);
    Socket first = sending("127.0.0.2", "GET / HTTP/1.1\r\n");
    await().until(() -> server.health().path("connections").asInt() == 2);
    for (int i = 1; i < most; i++) {
      sending("127.0.0.2", "GET / HTTP/1.1\r\n");
    }
    await().until(() -> server.health().path("connections").asInt() == most + 1);

    assertThat(answer(sending("127.0.0.2", REQUEST))).startsWith("HTTP/1.1 200");
    assertThat(answer(first)).isEmpty();
    assertThat(server.health().path("connectionsDisplaced").asInt()).isEqualTo(1);
    assertThat(server.health().path("connectionsRefused").asInt()).isZero();
    other
        .getOutputStream()
        .write("Host: localhost\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
    assertThat(answer(other)).startsWith("HTTP/1.1 404");
  }

  @Test
  void a_connection_with_a_request_in_handling_is_not_replaced() throws Exception {
    restart(few(3, 2));
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger served = new AtomicInteger();
    server.serve(
        "/slow",
        _ -> {
          served.incrementAndGet();
          try {
            go.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return ServerResponse.json(200, "done");
        });
    String slow = "GET /slow HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    try {
      Socket one = sending("127.0.0.2", slow);
      sending("127.0.0.2", slow);
      await().until(() -> served.get() == 2);
      assertThat(answer(sending("127.0.0.2", REQUEST)))
          .startsWith("HTTP/1.1 503")
          .contains("Retry-After");
      Socket idle = sending("127.0.0.3", "");
      await().until(() -> server.health().path("connections").asInt() == 3);
      assertThat(answer(sending("127.0.0.4", REQUEST))).startsWith("HTTP/1.1 200");
      assertThat(answer(idle)).isEmpty();
      go.countDown();
      assertThat(answer(one)).startsWith("HTTP/1.1 200").endsWith("done\n");
    } finally {
      go.countDown();
    }
  }

  @Test
  void a_connection_with_a_response_has_waited_less_than_a_later_one_without() throws Exception {
    restart(few(2, 2));
    String request = "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\n";
    Socket answered = sending("127.0.0.2", "");
    await().until(() -> server.health().path("connections").asInt() == 1);
    Socket unfinished = sending("127.0.0.2", "");
    await().until(() -> server.health().path("connections").asInt() == 2);
    answered.getOutputStream().write((request + "a").getBytes(US_ASCII));
    while (answered.getInputStream().read() != 'a') {
      // The body is the end of the response.
    }
    answered.getOutputStream().write(request.getBytes(US_ASCII));
    assertThat(answer(sending("127.0.0.2", REQUEST))).startsWith("HTTP/1.1 200");
    assertThat(answer(unfinished)).isEmpty();
  }

  @Test
  void long_headers_and_addresses_are_refused() throws Exception {
    String host = "Host: localhost\r\n";
    assertThat(
            answer(
                sending(
                    "127.0.0.1",
                    "GET / HTTP/1.1\r\n%sX: %s\r\n\r\n".formatted(host, "x".repeat(17_000)))))
        .startsWith("HTTP/1.1 431");
    assertThat(
            answer(
                sending(
                    "127.0.0.1", "GET /%s HTTP/1.1\r\n%s\r\n".formatted("x".repeat(5_000), host))))
        .startsWith("HTTP/1.1 414");
  }

  @Test
  void a_connection_serves_one_request_after_the_other() throws Exception {
    String request = "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\n";
    Socket socket =
        sending(
            "127.0.0.1",
            request
                + "a"
                + request
                + "b"
                + request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
                + "c");
    assertThat(answer(socket)).containsSubsequence("HTTP/1.1 200", "a", "HTTP/1.1 200", "b", "c");
  }

  @Test
  void a_request_without_a_body_does_not_wait_for_long_ones() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger served = new AtomicInteger();
    server.serve(
        "/slow",
        call -> {
          served.incrementAndGet();
          released(go);
          return ServerResponse.json(200, "{}");
        });
    try {
      for (int i = 0; i < 3; i++) {
        Socket socket =
            sending(
                "127.0.0.1",
                "POST /slow HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
                    .formatted(MEGABYTE));
        socket.getOutputStream().write(new byte[MEGABYTE]);
      }
      await().until(() -> served.get() == 2 && server.health().path("bodyBytes").asInt() > 0);
      HttpRequest request = HttpRequest.newBuilder(uri()).timeout(Duration.ofSeconds(20)).build();
      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    } finally {
      go.countDown();
    }
  }

  @Test
  void an_error_of_a_handler_closes_the_connection() throws Exception {
    server.serve(
        "/error",
        _ -> {
          throw new AssertionError("for this test");
        });
    assertThat(answer(sending("127.0.0.1", "GET /error HTTP/1.1\r\nHost: localhost\r\n\r\n")))
        .isEmpty();
    assertThat(post("a report").statusCode()).isEqualTo(200);
  }

  @Test
  void cross_site_requests_are_refused() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri())
            .header("Origin", "http://evil.example")
            .POST(BodyPublishers.ofString("x"))
            .build();
    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    assertThat(answer(sending("127.0.0.1", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n")))
        .startsWith("HTTP/1.1 403");
  }

  private static void released(CountDownLatch go) throws IOException {
    try {
      go.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private static HttpLimits with(Duration head, Duration body) {
    HttpLimits it = HttpLimits.STANDARD;
    return new HttpLimits(
        it.connections(),
        it.connectionsOfSource(),
        it.bodyBytes(),
        it.freeBytes(),
        it.budgetBytes(),
        it.handlingBytes(),
        it.headerBytes(),
        head,
        body,
        it.idle(),
        it.write());
  }

  private static HttpLimits few(int connections, int connectionsOfSource) {
    HttpLimits it = HttpLimits.STANDARD;
    return new HttpLimits(
        connections,
        connectionsOfSource,
        it.bodyBytes(),
        it.freeBytes(),
        it.budgetBytes(),
        it.handlingBytes(),
        it.headerBytes(),
        it.head(),
        it.body(),
        it.idle(),
        it.write());
  }

  private void restart(HttpLimits limits) {
    server.close();
    server = serve(limits);
  }

  private static HttpServer serve(HttpLimits limits) {
    try {
      HttpServer started =
          HttpServer.start(
              new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
              new SiteCheck(Set.of()),
              limits);
      started.serve("/echo", request -> new ServerResponse(200, Map.of(), request.body()));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:" + server.port() + "/echo");
  }

  private HttpResponse<String> post(String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri()).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  /// @param from an address of this machine
  private Socket sending(String from, String text) throws IOException {
    Socket socket =
        new Socket(
            InetAddress.ofLiteral("127.0.0.1"), server.port(), InetAddress.getByName(from), 0);
    sockets.add(socket);
    socket.setSoTimeout(20_000);
    socket.getOutputStream().write(text.getBytes(US_ASCII));
    return socket;
  }

  /// A request that announces more than it sends. The server may refuse it while it is sent.
  private Socket unfinished(String from, int announced, int sent) throws IOException {
    Socket socket =
        sending(
            from,
            "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
                .formatted(announced));
    try {
      socket.getOutputStream().write(new byte[sent]);
    } catch (IOException e) {
      // Refused and closed meanwhile.
    }
    return socket;
  }

  /// All that the server says until it closes the connection.
  private static String answer(Socket socket) throws IOException {
    try (InputStream in = socket.getInputStream()) {
      return new String(in.readAllBytes(), US_ASCII);
    }
  }
}
