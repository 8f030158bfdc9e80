package io.gympulse.cloud.api.feed;

import io.gympulse.cloud.api.feed.FeedListener.Status;
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

/// Reads `GET {feed}/feed?after=N`, one line per update, for as long as it is open. Reconnects
/// after a backoff and resumes behind the last update that the listener took, so that the listener
/// gets each update once and in order. Starting at 0 is cheap, since the feed keeps only the newest
/// update of each machine and gateway. A line that cannot be parsed is counted and skipped; an
/// update at which the listener throws is read again. A connection without a line for the silence
/// timeout counts as broken.
///
/// One thread reads and calls the listener; [#status] may be called by any.
public final class HttpFeedClient implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpFeedClient.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

  private final URI feed;
  private final FeedListener listener;
  private final InstantSource clock;
  private final Backoff backoff;
  private final Duration silenceTimeout;
  private final ScheduledThreadPoolExecutor watchdog;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
  private final Thread reader;
  private long position;
  private int failures;
  private volatile Status status;
  private volatile boolean closed;
  private final AtomicLong invalidLines = new AtomicLong();

  private HttpFeedClient(
      URI feed,
      FeedListener listener,
      InstantSource clock,
      Backoff backoff,
      Duration silenceTimeout) {
    this.feed = feed;
    this.listener = listener;
    this.clock = clock;
    this.backoff = backoff;
    this.silenceTimeout = silenceTimeout;
    this.watchdog =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("feed-watch").factory());
    this.watchdog.setRemoveOnCancelPolicy(true);
    this.status = new Status.Disconnected(clock.instant(), "not connected yet");
    listener.status(status);
    this.reader = Thread.ofVirtual().name("feed").unstarted(this::readUntilClosed);
  }

  /// Starts reading.
  ///
  /// @param silenceTimeout a connection on which no line arrives for so long is broken; longer
  ///     than the cloud's keep-alive interval
  public static HttpFeedClient open(
      URI feed,
      FeedListener listener,
      InstantSource clock,
      Backoff backoff,
      Duration silenceTimeout) {
    HttpFeedClient opened = new HttpFeedClient(feed, listener, clock, backoff, silenceTimeout);
    opened.reader.start();
    return opened;
  }

  public Status status() {
    return status;
  }

  /// Lines skipped because they could not be parsed, since start.
  public long invalidLines() {
    return invalidLines.get();
  }

  /// Whatever ends the thread, the status does not stay connected.
  private void readUntilClosed() {
    try {
      reconnectUntilClosed();
    } finally {
      if (!closed) {
        setStatus(
            new Status.Disconnected(clock.instant(), "the reader ended; restart this process"));
      }
    }
  }

  private void reconnectUntilClosed() {
    while (!closed) {
      try {
        readUntilDisconnected();
      } catch (IOException | RuntimeException e) {
        disconnected(e);
      } catch (InterruptedException e) {
        return;
      }
      try {
        Thread.sleep(backoff.delay(failures, ThreadLocalRandom.current().nextDouble()));
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void readUntilDisconnected() throws IOException, InterruptedException {
    URI resumed = feed.resolve("/feed?after=" + position);
    try (FeedConnection link = FeedConnection.open(http, resumed, watchdog, silenceTimeout)) {
      setStatus(new Status.Connected(clock.instant()));
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
      invalidLines.incrementAndGet();
      log.warn("skipped an invalid line of the feed: {}", e.getMessage());
      return;
    }
    listener.accept(update);
    position = update.position();
  }

  private void disconnected(Exception e) {
    failures++;
    if (closed) {
      return;
    }
    String reason = "%s does not serve: %s".formatted(feed, describe(e));
    if (status instanceof Status.Connected || failures == 1) {
      log.warn("{}; trying again", reason);
    }
    Instant since = status instanceof Status.Disconnected before ? before.since() : clock.instant();
    setStatus(new Status.Disconnected(since, reason));
  }

  private void setStatus(Status next) {
    boolean changed = next.getClass() != status.getClass();
    status = next;
    if (changed) {
      listener.status(next);
    }
  }

  private static String describe(Exception e) {
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
