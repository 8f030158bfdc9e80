package io.gympulse.bench.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import io.gympulse.contract.topic.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/// What one certificate can do to the broker by MQTT alone.
final class MqttAttacks {
  private static final int SUBSCRIPTIONS = 2_000;
  private static final int PUBLISHES = 3_000;
  private static final int HALF_OPEN = 60;
  private static final long HOLD_MILLIS = 5_000;

  private MqttAttacks() {}

  static List<Attack> by(StolenIdentity identity) {
    return List.of(
        new Attack("many subscriptions", 200, () -> subscribe(identity)),
        new Attack("half-open connections", 1_000, () -> halfOpen(identity.port())));
  }

  /// The broker knows a client by its id, so a certificate floods over one connection at a time:
  /// the two floods take turns.
  static List<Attack> floodingBy(StolenIdentity identity) {
    return List.of(
        new Attack(
            "floods of small and of refused publishes",
            200,
            () -> {
              flood(identity, Topics.batches(identity.address()));
              flood(identity, "org/other/gateways/x/batches");
            }));
  }

  private static void subscribe(StolenIdentity identity) throws Exception {
    Mqtt5AsyncClient client = identity.connect();
    try {
      for (int i = 0; i < SUBSCRIPTIONS; i++) {
        var _ =
            client.subscribeWith().topicFilter(Topics.acks(identity.address()) + "/" + i).send();
      }
      Thread.sleep(HOLD_MILLIS);
    } finally {
      var _ = client.disconnect();
    }
  }

  private static void flood(StolenIdentity identity, String topic) throws Exception {
    Mqtt5AsyncClient client = identity.connect();
    try {
      for (int i = 0; i < PUBLISHES; i++) {
        var _ =
            client
                .publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload("{\"n\":%d}".formatted(i).getBytes(UTF_8))
                .send();
      }
      Thread.sleep(HOLD_MILLIS);
    } finally {
      var _ = client.disconnect();
    }
  }

  /// Connections on which nothing is ever said.
  private static void halfOpen(int port) throws IOException, InterruptedException {
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < HALF_OPEN; i++) {
        Socket socket = new Socket();
        open.add(socket);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2_000);
      }
      Thread.sleep(HOLD_MILLIS);
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }
}
