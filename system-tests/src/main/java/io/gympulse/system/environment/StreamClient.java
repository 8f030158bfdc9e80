package io.gympulse.system.environment;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A WebSocket client of the API's stream of all gyms, as a member's page has it: counts the
/// machine updates that arrive. When the connection ends, or cannot be made, it connects again
/// after a quarter of a second, until it is closed. Thread-safe.
public final class StreamClient implements AutoCloseable {
  private static final Duration RETRY_PAUSE = Duration.ofMillis(250);
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Executor afterPause =
      CompletableFuture.delayedExecutor(RETRY_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  private final URI stream;
  private final InstantSource clock;
  private final Consumer<String> onUpdate;
  private final AtomicLong updateCount = new AtomicLong();
  private final CountDownLatch firstHello = new CountDownLatch(1);
  private final List<Connection> connections = new ArrayList<>();
  private volatile boolean closed;

  /// A period in which no update is missed: from the arrival of `hello` to the connection's end.
  ///
  /// @param to [Instant#MAX] while it lasts
  public record Connection(Instant from, Instant to) {}

  private StreamClient(URI api, InstantSource clock, Consumer<String> onUpdate) {
    this.stream = URI.create("ws" + api.toString().substring("http".length()) + "/stream");
    this.clock = clock;
    this.onUpdate = onUpdate;
  }

  /// Connects, and returns when no update is missed any more.
  ///
  /// @param api its HTTP address
  /// @param onUpdate called with the JSON text of each machine update
  /// @throws IOException if there is no connection within 30 s
  public static StreamClient connect(URI api, Consumer<String> onUpdate)
      throws IOException, InterruptedException {
    return connect(api, InstantSource.system(), onUpdate);
  }

  /// As above.
  ///
  /// @param clock by which [#connections] are recorded
  public static StreamClient connect(URI api, InstantSource clock, Consumer<String> onUpdate)
      throws IOException, InterruptedException {
    StreamClient connecting = new StreamClient(api, clock, onUpdate);
    connecting.open();
    if (!connecting.firstHello.await(CONNECT_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      connecting.close();
      throw new IOException("%s sent no hello within %s".formatted(api, CONNECT_LIMIT));
    }
    return connecting;
  }

  public long updateCount() {
    return updateCount.get();
  }

  /// All connections so far, in order.
  public List<Connection> connections() {
    synchronized (connections) {
      return List.copyOf(connections);
    }
  }

  private void open() {
    if (!closed) {
      var _ =
          client
              .newWebSocketBuilder()
              .connectTimeout(CONNECT_LIMIT)
              .buildAsync(stream, new Listener())
              .whenComplete(
                  (_, failure) -> {
                    if (failure != null) {
                      openAgain();
                    }
                  });
    }
  }

  private void openAgain() {
    if (!closed) {
      afterPause.execute(this::open);
    }
  }

  @Override
  public void close() {
    closed = true;
    client.shutdownNow();
  }

  /// Of one connection; called by one thread at a time.
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private boolean ready;
    private boolean ended;

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        String message = text.toString();
        text.setLength(0);
        accept(message);
      }
      socket.request(1);
      return null;
    }

    private void accept(String message) {
      if (message.contains("\"machine_update\"")) {
        updateCount.incrementAndGet();
        onUpdate.accept(message);
      } else if (!ready && message.contains("\"hello\"")) {
        ready = true;
        synchronized (connections) {
          connections.add(new Connection(clock.instant(), Instant.MAX));
        }
        firstHello.countDown();
      }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      end();
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      end();
    }

    private void end() {
      if (ended) {
        return;
      }
      ended = true;
      if (ready) {
        synchronized (connections) {
          Instant from = connections.removeLast().from();
          connections.add(new Connection(from, clock.instant()));
        }
      }
      openAgain();
    }
  }
}
