package io.gympulse.cloud.api.feed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One response of the feed, read line by line. A watchdog closes it when a read takes longer than
/// the silence timeout, since a frozen peer would block the read for ever. The time between reads
/// does not count.
///
/// Not thread-safe.
final class FeedConnection implements AutoCloseable {
  private final InputStream body;
  private final BufferedReader lines;
  private final ScheduledExecutorService watchdog;
  private final Duration silenceTimeout;
  private volatile boolean timedOut;

  private FeedConnection(
      InputStream body, ScheduledExecutorService watchdog, Duration silenceTimeout) {
    this.body = body;
    this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    this.watchdog = watchdog;
    this.silenceTimeout = silenceTimeout;
  }

  /// @throws IOException if the feed cannot be reached, refuses or does not answer in time
  static FeedConnection open(
      HttpClient http, URI feed, ScheduledExecutorService watchdog, Duration silenceTimeout)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> answer = answer(http, feed, silenceTimeout);
    if (answer.statusCode() != 200) {
      answer.body().close();
      throw new IOException("the feed answered %d".formatted(answer.statusCode()));
    }
    return new FeedConnection(answer.body(), watchdog, silenceTimeout);
  }

  private static HttpResponse<InputStream> answer(
      HttpClient http, URI feed, Duration silenceTimeout) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<InputStream>> answer =
        http.sendAsync(HttpRequest.newBuilder(feed).build(), BodyHandlers.ofInputStream());
    try {
      return answer.get(silenceTimeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException(timeoutMessage(silenceTimeout), e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  /// @return the next line, without its end; null at the end of the response
  /// @throws IOException if the connection breaks, or the silence timeout passes
  @Nullable String next() throws IOException {
    ScheduledFuture<?> abort =
        watchdog.schedule(this::abort, silenceTimeout.toMillis(), TimeUnit.MILLISECONDS);
    try {
      String line = lines.readLine();
      if (!timedOut) {
        return line;
      }
    } catch (IOException e) {
      if (!timedOut) {
        throw e;
      }
    } finally {
      abort.cancel(false);
    }
    // An incomplete line is dropped: the update comes again after the reconnect.
    throw new IOException(timeoutMessage(silenceTimeout));
  }

  private void abort() {
    timedOut = true;
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String timeoutMessage(Duration silenceTimeout) {
    return "nothing received for %d ms".formatted(silenceTimeout.toMillis());
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
