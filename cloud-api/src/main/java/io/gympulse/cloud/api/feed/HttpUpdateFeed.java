package io.gympulse.cloud.api.feed;

import io.gympulse.cloud.core.feed.FeedCodec;
import io.gympulse.cloud.core.feed.FeedUpdate;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads `GET {feed}/feed?after=N` as the cloud pushes it, one line per update, as long as it is
/// open. A broken link is made anew after a capped backoff and resumes after the last update handed
/// over, so that the listener sees each update once and in order, whatever breaks in between. The
/// feed keeps the newest update of each machine and gateway only, so starting at 0 is no flood. A
/// line that cannot be read is counted and skipped; an update that the listener throws at is told
/// again. The cloud is never silent for long, so a silent link counts as broken.
///
/// One thread reads and hands over; [#status] may be asked by any.
public final class HttpUpdateFeed implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpUpdateFeed.class);
  private static final Duration CONNECT = Duration.ofSeconds(3);

  private final URI feed;
  private final FeedSink listener;
  private final InstantSource clock;
  private final Backoff backoff;
  private final Duration silence;
  private final ScheduledThreadPoolExecutor watchdog;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final Thread reader;
  private long position;
  private int failures;
  private volatile FeedStatus status;
  private volatile boolean closed;
  private final AtomicLong unreadable = new AtomicLong();

  private HttpUpdateFeed(
      URI feed, FeedSink listener, InstantSource clock, Backoff backoff, Duration silence) {
    this.feed = feed;
    this.listener = listener;
    this.clock = clock;
    this.backoff = backoff;
    this.silence = silence;
    this.watchdog =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("feed-watch").factory());
    this.watchdog.setRemoveOnCancelPolicy(true);
    this.status = new FeedStatus.Broken(clock.instant(), "not connected yet");
    listener.status(status);
    this.reader = Thread.ofVirtual().name("feed").unstarted(this::readUntilClosed);
  }

  /// Starts reading.
  ///
  /// @param silence a link that says nothing for so long is broken; longer than the cloud's
  ///     keep-alive
  public static HttpUpdateFeed open(
      URI feed, FeedSink listener, InstantSource clock, Backoff backoff, Duration silence) {
    HttpUpdateFeed opened = new HttpUpdateFeed(feed, listener, clock, backoff, silence);
    opened.reader.start();
    return opened;
  }

  public FeedStatus status() {
    return status;
  }

  /// Lines skipped since start because they could not be read.
  public long unreadable() {
    return unreadable.get();
  }

  /// The status never says connected when nobody reads any more, whatever ended the thread.
  private void readUntilClosed() {
    try {
      readAgainAndAgain();
    } finally {
      if (!closed) {
        become(new FeedStatus.Broken(clock.instant(), "the reader ended; restart this process"));
      }
    }
  }

  private void readAgainAndAgain() {
    while (!closed) {
      try {
        readUntilBroken();
      } catch (IOException | RuntimeException e) {
        broken(e);
      } catch (InterruptedException e) {
        return;
      }
      try {
        Thread.sleep(backoff.after(failures, ThreadLocalRandom.current().nextDouble()));
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void readUntilBroken() throws IOException, InterruptedException {
    URI resumed = feed.resolve("/feed?after=" + position);
    try (FeedLink link = FeedLink.open(http, resumed, watchdog, silence)) {
      become(new FeedStatus.Connected(clock.instant()));
      for (String line = link.next(); line != null; line = link.next()) {
        if (!line.isEmpty()) {
          accept(line);
        }
        failures = 0;
      }
    }
    throw new IOException("the feed ended");
  }

  private void accept(String line) {
    FeedUpdate update;
    try {
      update = FeedCodec.decode(line);
    } catch (IllegalArgumentException e) {
      unreadable.incrementAndGet();
      log.warn("skipped a line of the feed: {}", e.getMessage());
      return;
    }
    listener.accept(update);
    position = update.position();
  }

  private void broken(Exception e) {
    failures++;
    if (closed) {
      return;
    }
    String why = "%s does not serve: %s".formatted(feed, wordsFor(e));
    if (status instanceof FeedStatus.Connected || failures == 1) {
      log.warn("{}; trying again", why);
    }
    Instant since = status instanceof FeedStatus.Broken before ? before.since() : clock.instant();
    become(new FeedStatus.Broken(since, why));
  }

  private void become(FeedStatus next) {
    boolean changed = next.getClass() != status.getClass();
    status = next;
    if (changed) {
      listener.status(next);
    }
  }

  private static String wordsFor(Exception e) {
    return e instanceof ConnectException
        ? "connection refused"
        : Objects.requireNonNullElse(e.getMessage(), e.toString());
  }

  @Override
  public void close() {
    closed = true;
    reader.interrupt();
    http.shutdownNow();
    watchdog.shutdownNow();
  }
}
