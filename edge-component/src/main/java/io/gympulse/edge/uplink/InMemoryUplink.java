package io.gympulse.edge.uplink;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// An uplink in memory, for tests: its link is switched by hand, and it keeps what was published.
public final class InMemoryUplink implements Uplink {
  private final List<Published> published = new ArrayList<>();
  private Optional<Listener> listener = Optional.empty();
  private boolean connected;

  /// @param body the payload as text
  public record Published(String topic, String body) {}

  @Override
  public synchronized void start(Listener it) {
    listener = Optional.of(it);
  }

  @Override
  public synchronized CompletableFuture<Void> publish(String topic, byte[] payload) {
    if (!connected) {
      return CompletableFuture.failedFuture(new IllegalStateException("offline"));
    }
    published.add(new Published(topic, new String(payload, StandardCharsets.UTF_8)));
    return CompletableFuture.completedFuture(null);
  }

  public synchronized void connect() {
    connected = true;
    listener.ifPresent(Listener::connected);
  }

  public synchronized void disconnect() {
    connected = false;
    listener.ifPresent(it -> it.disconnected("switched off"));
  }

  public synchronized void acknowledge(byte[] body) {
    listener.ifPresent(it -> it.acknowledgement(body));
  }

  public synchronized List<Published> published() {
    return List.copyOf(published);
  }

  @Override
  public synchronized void close() {
    connected = false;
  }
}
