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

class HttpUpdateFeedTest {
  private static final Backoff QUICK = new Backoff(Duration.ofMillis(10), Duration.ofMillis(50));
  private static final Duration BRIEF = Duration.ofMillis(200);
  private static final Duration PATIENT = Duration.ofSeconds(30);

  private final List<Long> received = new CopyOnWriteArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final Set<Long> failOnce = ConcurrentHashMap.newKeySet();
  private final Set<String> silentOnce = ConcurrentHashMap.newKeySet();
  private volatile String noise = "";
  private volatile boolean mute;
  private HttpServer server = serve(0);

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
  }

  @Test
  void a_broken_feed_is_resumed_after_the_last_line_and_nothing_comes_twice() {
    try (HttpUpdateFeed feed = open()) {
      await().until(() -> received.size() == 9);
      assertThat(received).containsExactlyElementsOf(LongStream.rangeClosed(1, 9).boxed().toList());
      assertThat(asked).startsWith("after=0", "after=3", "after=6");
      await().until(() -> feed.status() instanceof FeedStatus.Connected);
    }
  }

  @Test
  void a_line_that_cannot_be_read_is_counted_and_skipped() {
    noise = "{\"position\":0,\"weather\":\"fine\"}\n\nnot json\n";
    try (HttpUpdateFeed feed = open()) {
      await().until(() -> received.size() == 9);
      assertThat(feed.unreadable()).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void a_feed_that_is_away_is_found_again() {
    int port = server.getAddress().getPort();
    server.stop(0);
    try (HttpUpdateFeed feed = open()) {
      await().untilAsserted(() -> assertThat(feed.status().toString()).contains("does not serve"));
      server = serve(port);
      await().until(() -> received.size() == 9);
    }
  }

  @Test
  void the_listener_learns_of_each_change_between_connected_and_broken() {
    int port = server.getAddress().getPort();
    server.stop(0);
    List<String> changes = new CopyOnWriteArrayList<>();
    FeedSink sink =
        new FeedSink() {
          @Override
          public void accept(FeedUpdate update) {
            take(update);
          }

          @Override
          public void status(FeedStatus status) {
            changes.add(status.getClass().getSimpleName());
          }
        };
    URI address = URI.create("http://127.0.0.1:" + port);
    try (HttpUpdateFeed feed =
        HttpUpdateFeed.open(address, sink, InstantSource.system(), QUICK, PATIENT)) {
      await().untilAsserted(() -> assertThat(feed.status().toString()).contains("does not serve"));
      assertThat(changes).containsExactly("Broken");
      server = serve(port);
      await().until(() -> received.size() == 9 && changes.getLast().equals("Connected"));
      server.stop(0);
      await().until(() -> changes.getLast().equals("Broken"));
    }
    for (int i = 1; i < changes.size(); i++) {
      assertThat(changes.get(i)).isNotEqualTo(changes.get(i - 1));
    }
  }

  @Test
  void a_link_that_falls_silent_is_made_anew_and_resumed() {
    silentOnce.add("after=3");
    try (HttpUpdateFeed _ = open(BRIEF)) {
      await().until(() -> received.size() == 9);
      assertThat(received).containsExactlyElementsOf(LongStream.rangeClosed(1, 9).boxed().toList());
      assertThat(asked).startsWith("after=0", "after=3", "after=6");
    }
  }

  @Test
  void a_cloud_that_takes_the_call_but_never_answers_is_called_again() {
    mute = true;
    try (HttpUpdateFeed feed = open(BRIEF)) {
      await().untilAsserted(() -> assertThat(feed.status().toString()).contains("nothing heard"));
      mute = false;
      await().until(() -> received.size() == 9);
    }
  }

  @Test
  void an_update_that_the_listener_failed_to_take_is_told_again() {
    failOnce.add(2L);
    try (HttpUpdateFeed _ = open()) {
      await().until(() -> received.contains(9L));
      assertThat(received).containsExactlyElementsOf(LongStream.rangeClosed(1, 9).boxed().toList());
    }
  }

  private HttpUpdateFeed open() {
    return open(PATIENT);
  }

  private HttpUpdateFeed open(Duration silence) {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return HttpUpdateFeed.open(address, this::take, InstantSource.system(), QUICK, silence);
  }

  private void take(FeedUpdate update) {
    if (failOnce.remove(update.position())) {
      throw new IllegalStateException("not now");
    }
    received.add(update.position());
  }

  /// Answers three lines per request and breaks off, until nine; then says nothing and stays.
  private HttpServer serve(int port) {
    try {
      HttpServer made =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      made.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      made.createContext(
          "/feed",
          exchange -> {
            String query = exchange.getRequestURI().getQuery();
            asked.add(query);
            int after = Integer.parseInt(query.substring("after=".length()));
            if (mute) {
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
