package io.gympulse.sim.lan;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.lifecycle.MqttDisconnectSource;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import io.gympulse.sim.format.DeviceMessages.Publication;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes the sensors' messages, as a bridge of real sensors does: retained ones with QoS 1, the
/// others with QoS 0. Reconnects without limit. Messages published without a connection are lost,
/// but after each reconnection the latest retained message of every topic is sent again. Safe for
/// any number of threads.
public final class LanPublisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LanPublisher.class);
  private static final Duration MAX_RECONNECT_DELAY = Duration.ofSeconds(2);

  private final Mqtt5AsyncClient client;
  private final Map<String, Publication> latest = new LinkedHashMap<>();
  private final AtomicBoolean disconnected = new AtomicBoolean();
  private final AtomicLong published = new AtomicLong();
  private final AtomicLong pending = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private final CompletableFuture<Void> connected = new CompletableFuture<>();

  /// Starts to connect, and does not wait for the connection.
  ///
  /// @param clientId unique among the broker's clients
  public LanPublisher(LanAddress broker, String clientId) {
    client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier(clientId)
            .serverHost(broker.host())
            .serverPort(broker.port())
            .automaticReconnect()
            .initialDelay(100, TimeUnit.MILLISECONDS)
            .maxDelay(MAX_RECONNECT_DELAY.toMillis(), TimeUnit.MILLISECONDS)
            .applyAutomaticReconnect()
            .addConnectedListener(context -> connected())
            .addDisconnectedListener(context -> disconnected(broker, context))
            .buildAsync();
    var _ = client.connect();
  }

  /// Completes with the first connection.
  public CompletableFuture<Void> connection() {
    return connected.copy();
  }

  /// Sends the message if there is a connection, and returns at once.
  public void publish(Publication message) {
    synchronized (latest) {
      if (message.retained()) {
        latest.put(message.topic(), message);
      }
      send(message);
    }
  }

  /// The number of messages sent to the broker (QoS 1: acknowledged; QoS 0: written).
  public long published() {
    return published.get();
  }

  /// The number of messages being sent.
  public long pending() {
    return pending.get();
  }

  /// The number of messages lost: published without a connection, or failed.
  public long lost() {
    return lost.get();
  }

  @Override
  public void close() {
    if (client.getState() == MqttClientState.CONNECTED) {
      client.disconnect().orTimeout(1, TimeUnit.SECONDS).exceptionally(e -> null).join();
    }
  }

  private void disconnected(LanAddress broker, MqttClientDisconnectedContext context) {
    boolean closed = context.getSource() == MqttDisconnectSource.USER;
    if (!closed && !disconnected.getAndSet(true)) {
      LOG.warn(
          "not connected to the broker at {}, retrying: {}",
          broker,
          context.getCause().getMessage());
    }
  }

  private void connected() {
    if (disconnected.getAndSet(false)) {
      LOG.info("connected to the broker again");
    }
    synchronized (latest) {
      latest.values().forEach(this::send);
    }
    connected.complete(null);
  }

  private void send(Publication message) {
    if (client.getState() != MqttClientState.CONNECTED) {
      lost.incrementAndGet();
      return;
    }
    pending.incrementAndGet();
    var _ =
        client
            .publishWith()
            .topic(message.topic())
            .payload(message.payload().getBytes(StandardCharsets.UTF_8))
            .qos(message.retained() ? MqttQos.AT_LEAST_ONCE : MqttQos.AT_MOST_ONCE)
            .retain(message.retained())
            .send()
            .whenComplete((done, failed) -> completed(failed == null ? published : lost));
  }

  private void completed(AtomicLong outcome) {
    outcome.incrementAndGet();
    pending.decrementAndGet();
  }
}
