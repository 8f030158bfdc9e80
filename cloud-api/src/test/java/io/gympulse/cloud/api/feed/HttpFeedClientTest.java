package io.gympulse.cloud.api.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.gympulse.cloud.core.feed.FeedUpdate;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpFeedClientTest {
  private static final Backoff QUICK = new Backoff(Duration.ofMillis(10), Duration.ofMillis(50));
  private static final Duration SHORT_TIMEOUT = Duration.ofMillis(200);
  private static final Duration LONG_TIMEOUT = Duration.ofSeconds(30);

  private final List<Long> received = new CopyOnWriteArrayList<>();
  private final List<String> queries = new CopyOnWriteArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final Set<Long> failOnce = ConcurrentHashMap.newKeySet();
  private final Set<String> silentOnce = ConcurrentHashMap.newKeySet();
  private volatile String noise = "";
  private volatile boolean unresponsive;
  private HttpServer server = serve(0);

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
  }

  @Test
  void a_broken_feed_is_resumed_after_the_last_line_without_repeats() {
    try (HttpFeedClient feed = open()) {
      await().until(() -> received.size() == 9);
      assertThat(received).containsExactlyElementsOf(LongStream.rangeClosed(1, 9).boxed().toList());
      assertThat(queries).startsWith("after=0", "after=3", "after=6");
      await().until(() -> feed.status() instanceof FeedListener.Status.Connected);
    }
  }

  @Test
  void an_invalid_line_is_counted_and_skipped() {
    noise = "{\"position\":0,\"weather\":\"fine\"}\n\nnot json\n";
    try (HttpFeedClient feed = open()) {
      await().until(() -> received.size() == 9);
      assertThat(feed.invalidLines()).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void an_unreachable_feed_is_retried() {
    int port = server.getAddress().getPort();
    server.stop(0);
    try (HttpFeedClient feed = open()) {
      await().untilAsserted(() -> assertThat(feed.status().toString()).contains("does not serve"));
      server = serve(port);
      await().until(() -> received.size() == 9);
    }
  }

  @Test
  void the_listener_gets_each_change_between_connected_and_disconnected() {
    int port = server.getAddress().getPort();
    server.stop(0);
    List<String> changes = new CopyOnWriteArrayList<>();
    FeedListener listener =
        new FeedListener() {
          @Override
          public void accept(FeedUpdate update) {
            receive(update);
          }

          @Override
          public void status(Status status) {
            changes.add(status.getClass().getSimpleName());
          }
        };
    URI address = URI.create("http://127.0.0.1:" + port);
    try (HttpFeedClient feed =
        HttpFeedClient.open(address, listener, InstantSource.system(), QUICK, LONG_TIMEOUT)) {
      await().untilAsserted(() -> assertThat(feed.status().toString()).contains("does not serve"));
      assertThat(changes).containsExactly("Disconnected");
      server = serve(port);
      await().until(() -> received.size() == 9 && changes.getLast().equals("Connected"));
      server.stop(0);
      await().until(() -> changes.getLast().equals("Disconnected"));
    }
    for (int i = 1; i < changes.size(); i++) {
      assertThat(changes.get(i)).isNotEqualTo(changes.get(i - 1));
    }
  }

  @Test
  void a_silent_connection_is_reopened_and_resumed() {
    silentOnce.add("after=3");
    try (HttpFeedClient _ = open(SHORT_TIMEOUT)) {
      await().until(() -> received.size() == 9);
      assertThat(received).containsExactlyElementsOf(LongStream.rangeClosed(1, 9).boxed().toList());
      assertThat(queries).startsWith("after=0", "after=3", "after=6");
    }
  }

  @Test
  void a_feed_that_accepts_but_never_answers_is_retried() {
    unresponsive = true;
    try (HttpFeedClient feed = open(SHORT_TIMEOUT)) {
      await()
          .untilAsserted(() -> assertThat(feed.status().toString()).contains("nothing received"));
      unresponsive = false;
      await().until(() -> received.size() == 9);
    }
  }

  @Test
  void an_update_at_which_the_listener_throws_is_read_again() {
    failOnce.add(2L);
    try (HttpFeedClient _ = open()) {
      await().until(() -> received.contains(9L));
      assertThat(received).containsExactlyElementsOf(LongStream.rangeClosed(1, 9).boxed().toList());
    }
  }

  private HttpFeedClient open() {
    return open(LONG_TIMEOUT);
  }

  private HttpFeedClient open(Duration silenceTimeout) {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return HttpFeedClient.open(
        address, this::receive, InstantSource.system(), QUICK, silenceTimeout);
  }

  private void receive(FeedUpdate update) {
    if (failOnce.remove(update.position())) {
      throw new IllegalStateException("not now");
    }
    received.add(update.position());
  }

  /// Sends three lines per request and ends it, up to line 9; then sends nothing and stays open.
  private HttpServer serve(int port) {
    try {
      HttpServer made =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      made.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      made.createContext(
          "/feed",
          exchange -> {
            String query = exchange.getRequestURI().getQuery();
            queries.add(query);
            int after = Integer.parseInt(query.substring("after=".length()));
            if (unresponsive) {
              waitForEnd();
            }
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            body.write(noise.getBytes(StandardCharsets.UTF_8));
            for (int line = after + 1; line <= Math.min(9, after + 3); line++) {
              body.write(presenceAt(line).getBytes(StandardCharsets.UTF_8));
            }
            body.flush();
            if (after == 9 || silentOnce.remove(query)) {
              waitForEnd();
            }
            exchange.close();
          });
      made.start();
      return made;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String presenceAt(int position) {
    return """
        {"position":%d,"gym":"downtown","gateway":"gw","online":true,"since":1,"lastHeardAt":2,"outboxDepth":0}
        """
        .formatted(position);
  }

  private void waitForEnd() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
