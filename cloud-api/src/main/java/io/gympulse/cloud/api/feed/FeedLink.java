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

/// One answer of the feed, read line by line. A peer that is frozen, or gone without a word,
/// leaves a read waiting for ever; here no wait is longer than the silence allowed. The time a line
/// takes to be worked off is not silence.
///
/// Used by one thread.
final class FeedLink implements AutoCloseable {
  private final InputStream body;
  private final BufferedReader lines;
  private final ScheduledExecutorService watchdog;
  private final Duration silence;
  private volatile boolean silent;

  private FeedLink(InputStream body, ScheduledExecutorService watchdog, Duration silence) {
    this.body = body;
    this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    this.watchdog = watchdog;
    this.silence = silence;
  }

  /// @throws IOException if the feed cannot be reached, refuses or does not answer in time
  static FeedLink open(
      HttpClient http, URI feed, ScheduledExecutorService watchdog, Duration silence)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> answer = answer(http, feed, silence);
    if (answer.statusCode() != 200) {
      answer.body().close();
      throw new IOException("the feed answered %d".formatted(answer.statusCode()));
    }
    return new FeedLink(answer.body(), watchdog, silence);
  }

  private static HttpResponse<InputStream> answer(HttpClient http, URI feed, Duration silence)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<InputStream>> answer =
        http.sendAsync(HttpRequest.newBuilder(feed).build(), BodyHandlers.ofInputStream());
    try {
      return answer.get(silence.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException(wordsFor(silence), e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  /// @return the next line, without its end; null at the end of the feed
  /// @throws IOException if the link breaks, or is silent too long
  @Nullable String next() throws IOException {
    ScheduledFuture<?> hangUp =
        watchdog.schedule(this::hangUp, silence.toMillis(), TimeUnit.MILLISECONDS);
    try {
      String line = lines.readLine();
      if (!silent) {
        return line;
      }
    } catch (IOException e) {
      if (!silent) {
        throw e;
      }
    } finally {
      hangUp.cancel(false);
    }
    // What was read of a line that never ended is told again from its start.
    throw new IOException(wordsFor(silence));
  }

  private void hangUp() {
    silent = true;
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String wordsFor(Duration silence) {
    return "nothing heard for %d ms".formatted(silence.toMillis());
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
