package io.gympulse.bench.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import io.gympulse.contract.topic.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/// Attacks on the broker with one valid certificate, by MQTT only.
final class MqttAttacks {
  private static final int SUBSCRIPTIONS = 2_000;
  private static final int PUBLISHES = 3_000;
  private static final int HALF_OPEN = 60;
  private static final long HOLD_MILLIS = 5_000;

  private MqttAttacks() {}

  static List<Attack> by(StolenCertificate certificate) {
    return List.of(
        new Attack("many subscriptions", 200, onEffect -> subscribe(certificate, onEffect)),
        new Attack(
            "half-open connections", 1_000, onEffect -> halfOpen(certificate.port(), onEffect)));
  }

  /// The broker allows one connection per client id, so the two floods alternate.
  static List<Attack> floodingBy(StolenCertificate certificate) {
    return List.of(
        new Attack(
            "floods of small and of refused publishes",
            200,
            onEffect -> {
              flood(certificate, Topics.batches(certificate.address()), onEffect);
              flood(certificate, "org/other/gateways/x/batches", () -> {});
            }));
  }

  /// Effective when the broker has answered a subscription, even with a refusal.
  private static void subscribe(StolenCertificate certificate, Runnable onEffect) throws Exception {
    Mqtt5AsyncClient client = certificate.connect();
    try {
      for (int i = 0; i < SUBSCRIPTIONS; i++) {
        var _ =
            client
                .subscribeWith()
                .topicFilter(Topics.acks(certificate.address()) + "/" + i)
                .qos(MqttQos.AT_LEAST_ONCE)
                .send()
                .whenComplete(
                    (_, failure) -> {
                      if (failure == null || isRefusedBySubAck(failure)) {
                        onEffect.run();
                      }
                    });
      }
      Thread.sleep(HOLD_MILLIS);
    } finally {
      var _ = client.disconnect();
    }
  }

  /// Whether the broker answered with a refusing SUBACK.
  private static boolean isRefusedBySubAck(Throwable failure) {
    return failure instanceof Mqtt5SubAckException
        || failure.getCause() instanceof Mqtt5SubAckException;
  }

  private static void flood(StolenCertificate certificate, String topic, Runnable onEffect)
      throws Exception {
    Mqtt5AsyncClient client = certificate.connect();
    try {
      for (int i = 0; i < PUBLISHES; i++) {
        var _ =
            client
                .publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload("{\"n\":%d}".formatted(i).getBytes(UTF_8))
                .send()
                .thenAccept(it -> runIfAccepted(it, onEffect));
      }
      Thread.sleep(HOLD_MILLIS);
    } finally {
      var _ = client.disconnect();
    }
  }

  private static void runIfAccepted(Mqtt5PublishResult result, Runnable onEffect) {
    if (result.getError().isEmpty()) {
      onEffect.run();
    }
  }

  /// TCP connections without any bytes sent.
  private static void halfOpen(int port, Runnable onEffect)
      throws IOException, InterruptedException {
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < HALF_OPEN; i++) {
        Socket socket = new Socket();
        open.add(socket);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2_000);
        if (i == 0 && Attack.isKeptOpen(socket)) {
          onEffect.run();
        }
      }
      Thread.sleep(HOLD_MILLIS);
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }
}
