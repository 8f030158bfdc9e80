package io.gympulse.bench.latency;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;

/// Publishes messages of level sensors on the gym's broker.
public final class LanSensor implements AutoCloseable {
  private final Mqtt5BlockingClient client;

  private LanSensor(Mqtt5BlockingClient client) {
    this.client = client;
  }

  public static LanSensor connect(int port) {
    Mqtt5BlockingClient client =
        MqttClient.builder()
            .useMqttVersion5()
            .serverHost("127.0.0.1")
            .serverPort(port)
            .identifier("bench-sensor")
            .buildBlocking();
    client.connect();
    return new LanSensor(client);
  }

  /// Returns when the broker has acknowledged the message.
  public void publish(String topic, boolean active) {
    client.publish(reading(topic, active));
  }

  Mqtt5BlockingClient client() {
    return client;
  }

  static Mqtt5Publish reading(String topic, boolean active) {
    return Mqtt5Publish.builder()
        .topic(topic)
        .payload("{\"active\":%s}".formatted(active).getBytes(UTF_8))
        .build();
  }

  @Override
  public void close() {
    client.disconnect();
  }
}
