package io.gympulse.system.environment;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A WebSocket client of the API's stream of all gyms, as a member's page has it: counts the
/// machine updates that arrive. After a disconnect it reconnects when [#ensureConnected] is
/// called.
public final class StreamClient implements AutoCloseable {
  private final HttpClient client;
  private final URI stream;
  private final Consumer<String> onUpdate;
  private final AtomicLong updateCount = new AtomicLong();
  private final AtomicBoolean connected = new AtomicBoolean();
  private volatile CompletableFuture<?> attempt = CompletableFuture.completedFuture(null);

  /// @param api its HTTP address
  /// @param onUpdate called with the JSON text of each machine update
  public StreamClient(URI api, Consumer<String> onUpdate) {
    this.client = HttpClient.newHttpClient();
    this.stream = URI.create("ws" + api.toString().substring("http".length()) + "/stream");
    this.onUpdate = onUpdate;
  }

  public void ensureConnected() {
    if (connected.compareAndSet(false, true)) {
      attempt =
          client
              .newWebSocketBuilder()
              .buildAsync(stream, new Listener())
              .whenComplete(
                  (_, failure) -> {
                    if (failure != null) {
                      connected.set(false);
                    }
                  });
    }
  }

  public long updateCount() {
    return updateCount.get();
  }

  @Override
  public void close() {
    attempt.cancel(true);
    client.shutdownNow();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        String message = text.toString();
        text.setLength(0);
        if (message.contains("\"machine_update\"")) {
          updateCount.incrementAndGet();
          onUpdate.accept(message);
        }
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      connected.set(false);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      connected.set(false);
    }
  }
}
