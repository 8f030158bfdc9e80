package io.gympulse.system.rig;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A member who watches everything: holds one WebSocket to the API's stream and counts the machine
/// updates that arrive. After a loss it connects again when [#ensureConnected] is called.
public final class UpdateCounter implements AutoCloseable {
  private final HttpClient client;
  private final URI stream;
  private final Consumer<String> onUpdate;
  private final AtomicLong updates = new AtomicLong();
  private final AtomicBoolean connected = new AtomicBoolean();
  private volatile CompletableFuture<?> attempt = CompletableFuture.completedFuture(null);

  /// @param onUpdate called with each machine update's JSON text
  public UpdateCounter(URI page, Consumer<String> onUpdate) {
    this.client = HttpClient.newHttpClient();
    this.stream = URI.create("ws" + page.toString().substring("http".length()) + "/stream");
    this.onUpdate = onUpdate;
  }

  public void ensureConnected() {
    if (connected.compareAndSet(false, true)) {
      attempt =
          client
              .newWebSocketBuilder()
              .buildAsync(stream, new Counting())
              .whenComplete(
                  (_, failure) -> {
                    if (failure != null) {
                      connected.set(false);
                    }
                  });
    }
  }

  public long updates() {
    return updates.get();
  }

  @Override
  public void close() {
    attempt.cancel(true);
    client.shutdownNow();
  }

  private final class Counting implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        String message = text.toString();
        text.setLength(0);
        if (message.contains("\"machine_update\"")) {
          updates.incrementAndGet();
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
