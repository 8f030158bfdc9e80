package io.gympulse.edge.sensing.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/// A connected device, which publishes with QoS 1 and does not retain anything.
final class FakeDevice implements AutoCloseable {
  private static final long LIMIT_SECONDS = 20;

  private final BrokerClient client;
  private final Queue<String> received = new ConcurrentLinkedQueue<>();

  FakeDevice(int port) {
    client = new Mqtt311BrokerClient(LanBrokerConfig.open("127.0.0.1", port), "device");
    CompletableFuture<Void> connected = new CompletableFuture<>();
    client.start(
        new BrokerClient.Listener() {
          @Override
          public void connected(boolean sessionPresent) {
            connected.complete(null);
          }

          @Override
          public void received(String topic, byte[] payload, boolean retained) {
            received.add(topic + " " + new String(payload, StandardCharsets.UTF_8));
          }

          @Override
          public void ended(BrokerClient.End end) {}
        });
    connected.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }

  void subscribe(String filter) {
    client.subscribe(List.of(filter)).orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }

  /// Returns once the broker has acknowledged.
  void publish(String topic, String payload) {
    client
        .publish(topic, payload.getBytes(StandardCharsets.UTF_8))
        .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  /// Topics and payloads of the messages so far.
  List<String> received() {
    return List.copyOf(received);
  }

  @Override
  public void close() {
    client.close();
  }
}
