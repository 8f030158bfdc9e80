package io.gympulse.bench.latency;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;

/// A level sensor on the gym's broker.
public final class LanSensor implements AutoCloseable {
  private final Mqtt5BlockingClient client;
  private final String topic;

  private LanSensor(Mqtt5BlockingClient client, String topic) {
    this.client = client;
    this.topic = topic;
  }

  public static LanSensor connect(int port, String topic) {
    Mqtt5BlockingClient client =
        MqttClient.builder()
            .useMqttVersion5()
            .serverHost("127.0.0.1")
            .serverPort(port)
            .identifier("bench-sensor")
            .buildBlocking();
    client.connect();
    return new LanSensor(client, topic);
  }

  /// As another sensor. Returns when the broker has it.
  public void publish(String other, boolean active) {
    client.publish(reading(other, active));
  }

  /// Returns when the broker has it.
  public void publish(boolean active) {
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
