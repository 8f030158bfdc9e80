package io.gympulse.local.broker;

import static io.gympulse.contract.topic.Topics.MAX_PAYLOAD_BYTES;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The message limits of AWS IoT Core that a device can reach. Pure functions.
final class MqttLimits {

  static final int MAX_TOPIC_BYTES = 256;
  static final int MAX_SLASHES = 7;
  static final int MAX_SUBSCRIPTIONS_PER_REQUEST = 8;
  static final int MAX_CLIENT_ID_BYTES = 128;

  /// A reason to close a connection, with its MQTT 5 reason code.
  enum Violation {
    QOS_2(0x9B, "QoS 2 is not supported"),
    PAYLOAD_TOO_LARGE(0x95, "the payload is larger than 131072 bytes"),
    TOPIC_INVALID(0x90, "the topic has more than 7 slashes, more than 256 bytes, or '::'"),
    FILTER_INVALID(0x8F, "the topic filter has more than 7 slashes, more than 256 bytes, or '::'"),
    TOO_MANY_FILTERS(0x97, "more than 8 topic filters in one request"),
    CLIENT_ID_INVALID(0x85, "the client id is empty or longer than 128 bytes"),
    WILL_INVALID(
        0x90,
        "the will has QoS 2, the retain flag, more than 131072 bytes or a topic that is not valid"),
    TOPIC_ALIAS(0x94, "the topic alias is over 8 or unknown"),
    PROTOCOL(0x82, "the packet is not expected from a client, or not before CONNECT"),
    NOT_AUTHORIZED(0x87, "the policy does not allow to publish to the topic"),
    TOO_MUCH_QUEUED(0x97, "too many messages waited for the client; all were dropped"),
    REVOKED(0x98, "the certificate was revoked or replaced");

    private final byte reasonCode;
    private final String text;

    Violation(int reasonCode, String text) {
      this.reasonCode = (byte) reasonCode;
      this.text = text;
    }

    byte reasonCode() {
      return reasonCode;
    }

    String text() {
      return text;
    }
  }

  private MqttLimits() {}

  static Optional<Violation> ofConnect(MqttConnectMessage connect) {
    String clientId = connect.payload().clientIdentifier();
    if (clientId == null
        || clientId.isEmpty()
        || clientId.getBytes(StandardCharsets.UTF_8).length > MAX_CLIENT_ID_BYTES) {
      return Optional.of(Violation.CLIENT_ID_INVALID);
    }
    if (!connect.variableHeader().isWillFlag()) {
      return Optional.empty();
    }
    byte[] will = connect.payload().willMessageInBytes();
    boolean valid =
        connect.variableHeader().willQos() <= 1
            && !connect.variableHeader().isWillRetain()
            && (will == null || will.length <= MAX_PAYLOAD_BYTES)
            && connect.payload().willTopic() != null
            && fits(connect.payload().willTopic());
    return valid ? Optional.empty() : Optional.of(Violation.WILL_INVALID);
  }

  static Optional<Violation> ofSubscriptions(List<MqttTopicSubscription> subscriptions) {
    if (subscriptions.size() > MAX_SUBSCRIPTIONS_PER_REQUEST) {
      return Optional.of(Violation.TOO_MANY_FILTERS);
    }
    return subscriptions.stream()
        .flatMap(it -> ofSubscription(it.topicFilter(), it.qualityOfService().value()).stream())
        .findFirst();
  }

  static Optional<Violation> ofPublish(String topic, int qos, int payloadBytes) {
    if (qos == 2) {
      return Optional.of(Violation.QOS_2);
    }
    if (payloadBytes > MAX_PAYLOAD_BYTES) {
      return Optional.of(Violation.PAYLOAD_TOO_LARGE);
    }
    return fits(topic) ? Optional.empty() : Optional.of(Violation.TOPIC_INVALID);
  }

  static Optional<Violation> ofSubscription(String filter, int qos) {
    if (qos == 2) {
      return Optional.of(Violation.QOS_2);
    }
    return fits(filter) ? Optional.empty() : Optional.of(Violation.FILTER_INVALID);
  }

  /// Artemis separates address and queue by '::', so a topic with it could name another client's
  /// queue.
  private static boolean fits(String topic) {
    String counted = withoutReservedPrefix(topic);
    return !topic.contains("::")
        && counted.chars().filter(c -> c == '/').count() <= MAX_SLASHES
        && counted.getBytes(StandardCharsets.UTF_8).length <= MAX_TOPIC_BYTES;
  }

  /// Without the levels that do not count: three of Basic Ingest, two of a shared subscription.
  private static String withoutReservedPrefix(String topic) {
    int segments = topic.startsWith("$aws/rules/") ? 3 : topic.startsWith("$share/") ? 2 : 0;
    String rest = topic;
    for (int i = 0; i < segments; i++) {
      rest = rest.substring(rest.indexOf('/') + 1);
    }
    return rest;
  }
}
