package io.gympulse.edge.sensing.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/// A connection whose events the test makes.
final class FakeBrokerClient implements BrokerClient {
  final Queue<Optional<String>> outcomes = new ArrayDeque<>();
  final List<List<String>> subscribed = new ArrayList<>();
  final List<String> published = new ArrayList<>();
  Optional<Listener> listener = Optional.empty();
  boolean closed;

  @Override
  public void start(Listener started) {
    listener = Optional.of(started);
  }

  @Override
  public CompletableFuture<Optional<String>> subscribe(List<String> filters) {
    subscribed.add(filters);
    return CompletableFuture.completedFuture(
        outcomes.isEmpty() ? Optional.empty() : outcomes.remove());
  }

  @Override
  public CompletableFuture<Void> publish(String topic, byte[] payload) {
    published.add(topic + " " + new String(payload, StandardCharsets.UTF_8));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void close() {
    closed = true;
  }
}
