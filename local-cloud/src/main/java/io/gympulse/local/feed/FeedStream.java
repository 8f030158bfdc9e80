package io.gympulse.local.feed;

import io.gympulse.cloud.core.feed.FeedCodec;
import io.gympulse.cloud.core.feed.UpdateFeed;
import io.gympulse.local.http.HttpHandler;
import io.gympulse.local.http.ServerRequest;
import io.gympulse.local.http.ServerResponse;
import io.gympulse.local.http.SharedBudget;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `GET /feed?after=N`: streams updates as lines of JSON.
///
/// After ten seconds without an update an empty line is sent, so that both sides detect a broken
/// connection. A slow client delays its own subscription only. There are at most 32 streams, 16 of
/// one source; further requests are answered with 503.
public final class FeedStream implements HttpHandler {

  private static final int MAX_STREAMS = 32;
  private static final int BUFFERED_LINES = 200;
  private static final long KEEP_ALIVE_SECONDS = 10;
  private static final long PROBE_SECONDS = 10;
  private static final Pattern AFTER = Pattern.compile("after=(\\d{1,18})");

  private final UpdateFeed feed;
  private final SharedBudget streams = new SharedBudget(MAX_STREAMS);

  public FeedStream(UpdateFeed feed) {
    this.feed = feed;
  }

  @Override
  public ServerResponse handle(ServerRequest request) {
    if (!request.method().equals("GET")) {
      return ServerResponse.json(405, "{\"error\":\"use GET\"}");
    }
    Optional<Long> after = after(request.query());
    if (after.isEmpty()) {
      return ServerResponse.json(
          400, "{\"error\":\"after: the position of the last update known, or 0\"}");
    }
    InetAddress source = request.source();
    if (!streams.take(source, 1)) {
      return ServerResponse.with(
          ServerResponse.json(503, "{\"error\":\"too many streams of the feed are open\"}"),
          "Retry-After",
          "1");
    }
    return new ServerResponse.Streamed(
        Map.of("Content-Type", "application/x-ndjson", "Cache-Control", "no-store"),
        out -> {
          try {
            stream(after.get(), out);
          } finally {
            streams.giveBack(source, 1);
          }
        });
  }

  /// Subscribes from the beginning, as the API does when it starts, and waits for an update. Each
  /// machine and gateway has one, so there is one unless the store is empty.
  ///
  /// @return the problem, if no update comes within 10 s
  public Optional<String> problem() throws InterruptedException {
    if (feed.position() == 0) {
      return Optional.empty();
    }
    CountDownLatch updated = new CountDownLatch(1);
    try (UpdateFeed.Subscription _ = feed.subscribe(0, _ -> updated.countDown())) {
      return updated.await(PROBE_SECONDS, TimeUnit.SECONDS)
          ? Optional.empty()
          : Optional.of("no update came within %d s of a subscription".formatted(PROBE_SECONDS));
    }
  }

  private void stream(long after, OutputStream out) throws IOException, InterruptedException {
    BlockingQueue<String> lines = new ArrayBlockingQueue<>(BUFFERED_LINES);
    try (UpdateFeed.Subscription _ =
        feed.subscribe(after, update -> put(lines, FeedCodec.encode(update)))) {
      pump(lines, out);
    }
  }

  /// Ends by an exception when the client disconnects or the server stops.
  private static void pump(BlockingQueue<String> lines, OutputStream out)
      throws IOException, InterruptedException {
    out.flush();
    while (true) {
      String line = lines.poll(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
      out.write(((line == null ? "" : line) + "\n").getBytes(StandardCharsets.UTF_8));
      if (lines.isEmpty()) {
        out.flush();
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
    if (query.isEmpty()) {
      return Optional.of(0L);
    }
    Matcher matcher = AFTER.matcher(query);
    return matcher.matches() ? Optional.of(Long.parseLong(matcher.group(1))) : Optional.empty();
  }
}
