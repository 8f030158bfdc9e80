package io.gympulse.local.feed;

import io.gympulse.cloud.core.feed.FeedCodec;
import io.gympulse.cloud.core.feed.UpdateFeed;
import io.gympulse.local.http.HttpCall;
import io.gympulse.local.http.HttpReply;
import io.gympulse.local.http.HttpService;
import io.gympulse.local.http.SharedBudget;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `GET /feed?after=N`: streams the feed to one client per call.
///
/// A line of JSON per update, an empty line after ten quiet seconds, so that both sides notice a
/// broken link. A slow client slows its own subscription only. There are at most 32 streams at
/// once, 16 of one source; one more is answered 503.
public final class FeedStream implements HttpService {

  private static final int STREAMS = 32;
  private static final int BUFFERED_LINES = 200;
  private static final long KEEP_ALIVE_SECONDS = 10;
  private static final Pattern AFTER = Pattern.compile("after=(\\d{1,18})");

  private final UpdateFeed feed;
  private final SharedBudget streams = new SharedBudget(STREAMS);

  public FeedStream(UpdateFeed feed) {
    this.feed = feed;
  }

  @Override
  public HttpReply serve(HttpCall call) {
    if (!call.method().equals("GET")) {
      return HttpReply.json(405, "{\"error\":\"use GET\"}");
    }
    Optional<Long> after = after(call.query());
    if (after.isEmpty()) {
      return HttpReply.json(
          400, "{\"error\":\"after: the position of the last update known, or 0\"}");
    }
    InetAddress source = call.source();
    if (!streams.take(source, 1)) {
      return HttpReply.with(
          HttpReply.json(503, "{\"error\":\"too many streams of the feed are open\"}"),
          "Retry-After",
          "1");
    }
    return new HttpReply.Streamed(
        Map.of("Content-Type", "application/x-ndjson", "Cache-Control", "no-store"),
        out -> {
          try {
            stream(after.get(), out);
          } finally {
            streams.giveBack(source, 1);
          }
        });
  }

  private void stream(long after, OutputStream out) throws IOException, InterruptedException {
    BlockingQueue<String> lines = new ArrayBlockingQueue<>(BUFFERED_LINES);
    try (UpdateFeed.Subscription _ =
        feed.subscribe(after, update -> put(lines, FeedCodec.encode(update)))) {
      pump(lines, out);
    }
  }

  /// Ends only by the client's going or the server's stop.
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
