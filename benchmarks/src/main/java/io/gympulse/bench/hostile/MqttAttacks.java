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
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/// What one certificate can do to the broker by MQTT alone.
final class MqttAttacks {
  private static final int SUBSCRIPTIONS = 2_000;
  private static final int PUBLISHES = 3_000;
  private static final int HALF_OPEN = 60;
  private static final long HOLD_MILLIS = 5_000;
  private static final int HELD_MILLIS = 500;

  private MqttAttacks() {}

  static List<Attack> by(StolenIdentity identity) {
    return List.of(
        new Attack("many subscriptions", 200, through -> subscribe(identity, through)),
        new Attack("half-open connections", 1_000, through -> halfOpen(identity.port(), through)));
  }

  /// The broker knows a client by its id, so a certificate floods over one connection at a time:
  /// the two floods take turns.
  static List<Attack> floodingBy(StolenIdentity identity) {
    return List.of(
        new Attack(
            "floods of small and of refused publishes",
            200,
            through -> {
              flood(identity, Topics.batches(identity.address()), through);
              flood(identity, "org/other/gateways/x/batches", () -> {});
            }));
  }

  /// Through once the broker has answered any, be it by a refusal.
  private static void subscribe(StolenIdentity identity, Runnable through) throws Exception {
    Mqtt5AsyncClient client = identity.connect();
    try {
      for (int i = 0; i < SUBSCRIPTIONS; i++) {
        var _ =
            client
                .subscribeWith()
                .topicFilter(Topics.acks(identity.address()) + "/" + i)
                .qos(MqttQos.AT_LEAST_ONCE)
                .send()
                .whenComplete(
                    (_, failure) -> {
                      if (failure == null || isAnswer(failure)) {
                        through.run();
                      }
                    });
      }
      Thread.sleep(HOLD_MILLIS);
    } finally {
      var _ = client.disconnect();
    }
  }

  /// Whether the broker answered by a SUBACK that refuses.
  private static boolean isAnswer(Throwable failure) {
    return failure instanceof Mqtt5SubAckException
        || failure.getCause() instanceof Mqtt5SubAckException;
  }

  private static void flood(StolenIdentity identity, String topic, Runnable through)
      throws Exception {
    Mqtt5AsyncClient client = identity.connect();
    try {
      for (int i = 0; i < PUBLISHES; i++) {
        var _ =
            client
                .publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload("{\"n\":%d}".formatted(i).getBytes(UTF_8))
                .send()
                .thenAccept(it -> throughIfTaken(it, through));
      }
      Thread.sleep(HOLD_MILLIS);
    } finally {
      var _ = client.disconnect();
    }
  }

  private static void throughIfTaken(Mqtt5PublishResult result, Runnable through) {
    if (result.getError().isEmpty()) {
      through.run();
    }
  }

  /// Connections on which nothing is ever said.
  private static void halfOpen(int port, Runnable through)
      throws IOException, InterruptedException {
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < HALF_OPEN; i++) {
        Socket socket = new Socket();
        open.add(socket);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2_000);
        if (i == 0 && isHeld(socket)) {
          through.run();
        }
      }
      Thread.sleep(HOLD_MILLIS);
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  /// Whether the broker waits for what is to come, and does not close at once.
  private static boolean isHeld(Socket socket) throws IOException {
    socket.setSoTimeout(HELD_MILLIS);
    try {
      int _ = socket.getInputStream().read();
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    }
  }
}
