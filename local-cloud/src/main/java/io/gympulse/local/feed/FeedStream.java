package io.gympulse.local.feed;

import com.sun.net.httpserver.HttpExchange;
import io.gympulse.cloud.state.feed.FeedCodec;
import io.gympulse.cloud.state.feed.UpdateFeed;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Streams the feed to one client per call: a line per update, an empty line after ten quiet
/// seconds, so that both sides notice a broken link. A slow client slows its own subscription only.
final class FeedStream {

  private static final int BUFFERED_LINES = 1_000;
  private static final long KEEP_ALIVE_SECONDS = 10;
  private static final Pattern AFTER = Pattern.compile("after=(\\d{1,18})");

  private final UpdateFeed feed;

  FeedStream(UpdateFeed feed) {
    this.feed = feed;
  }

  void serve(HttpExchange exchange) throws IOException {
    Optional<Long> after = after(exchange.getRequestURI().getQuery());
    if (after.isEmpty()) {
      FeedServer.refuseOrAnswer(
          exchange, 400, "{\"error\":\"after: the position of the last update known, or 0\"}");
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(200, 0);
    BlockingQueue<String> lines = new ArrayBlockingQueue<>(BUFFERED_LINES);
    try (exchange;
        OutputStream body = exchange.getResponseBody();
        UpdateFeed.Subscription _ =
            feed.subscribe(after.get(), update -> put(lines, FeedCodec.encode(update)))) {
      pump(lines, body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Ends only by the client's going or the server's stop.
  private static void pump(BlockingQueue<String> lines, OutputStream body)
      throws IOException, InterruptedException {
    body.flush();
    while (!Thread.currentThread().isInterrupted()) {
      String line = lines.poll(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
      body.write(((line == null ? "" : line) + "\n").getBytes(StandardCharsets.UTF_8));
      if (lines.isEmpty()) {
        body.flush();
      }
    }
  }

  private static void put(BlockingQueue<String> lines, String line) {
    try {
      lines.put(line);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Optional<Long> after(String query) {
    if (query == null) {
      return Optional.of(0L);
    }
    Matcher matcher = AFTER.matcher(query);
    return matcher.matches() ? Optional.of(Long.parseLong(matcher.group(1))) : Optional.empty();
  }
}
