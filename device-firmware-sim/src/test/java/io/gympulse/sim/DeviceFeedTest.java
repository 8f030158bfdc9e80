package io.gympulse.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeviceFeedTest {
  private final Map<String, List<String>> bodies = new ConcurrentHashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final HttpServer server = serve();

  /// How many responses of 503 a report gets before it is accepted.
  private int refusals;

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void every_report_is_sent_once_and_counted() {
    assertThat(feed("--count=12", "--rate=1000")).isZero();
    assertThat(bodies).hasSize(12);
    assertThat(out.toString(UTF_8))
        .isEqualTo("feed: sent=12 accepted=12 enqueued=24 refused=0 failed=0\n");
  }

  @Test
  void a_report_that_is_not_accepted_is_sent_again_unchanged_with_the_same_key() {
    refusals = 2;
    assertThat(feed("--count=2", "--rate=1000")).isZero();
    assertThat(bodies.values())
        .hasSize(2)
        .allSatisfy(it -> assertThat(it).hasSize(3).containsOnly(it.getFirst()));
  }

  @Test
  void an_unreachable_cloud_is_reported_as_failure() {
    server.stop(0);
    assertThat(feed("--count=1", "--tries=2")).isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("accepted=0", "failed=1");
    assertThat(err.toString(UTF_8)).contains("report 0 failed");
  }

  @Test
  void invalid_options_are_refused() {
    assertThat(feed("--count=0")).isEqualTo(2);
    assertThat(feed("--rate=0")).isEqualTo(2);
    assertThat(feed("--count=1", "--url=ftp://x")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("--count", "--url").doesNotContain("\tat ");
  }

  private int feed(String... options) {
    String[] all = new String[options.length + 1];
    all[0] = "--url=http://127.0.0.1:" + server.getAddress().getPort();
    System.arraycopy(options, 0, all, 1, options.length);
    return DeviceFeed.run(
        new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), all);
  }

  private HttpServer serve() {
    try {
      HttpServer started =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      started.createContext("/ingest", this::take);
      started.start();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    String key = String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
    List<String> seen = bodies.computeIfAbsent(key, _ -> new CopyOnWriteArrayList<>());
    seen.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    byte[] answer = "{\"status\":\"accepted\",\"enqueued\":2}".getBytes(UTF_8);
    exchange.sendResponseHeaders(seen.size() > refusals ? 200 : 503, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }
}
