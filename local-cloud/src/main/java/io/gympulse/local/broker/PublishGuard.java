package io.gympulse.local.broker;

import io.gympulse.local.broker.LimitCounters.Limit;
import io.gympulse.local.broker.MqttLimits.Violation;
import io.gympulse.process.TokenBucket;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Checks the publishes of one connection: message limits, topic aliases, rate and policy. For the
/// channel's event loop.
final class PublishGuard {

  /// AWS IoT Core's number of aliases.
  static final int MAX_TOPIC_ALIASES = 8;

  private static final byte NOT_AUTHORIZED = (byte) 0x87;
  private static final byte QUOTA_EXCEEDED = (byte) 0x97;

  /// What to do with a publish.
  sealed interface Result {
    record Accept() implements Result {}

    /// Discards the publish.
    ///
    /// @param reasonCode of the MQTT 5 PUBACK
    record Discard(byte reasonCode) implements Result {}

    /// Closes the connection.
    record Close(Violation violation) implements Result {}

    /// The payload is too large and the topic is allowed: reports the publish to the listener and
    /// closes the connection.
    record Oversized(String topic) implements Result {}
  }

  private final PacketGuards shared;
  private final TokenBucket rate;
  private final Map<Integer, String> topicByAlias = new HashMap<>();

  PublishGuard(PacketGuards shared) {
    this.shared = shared;
    BrokerLimits limits = shared.limits();
    this.rate = new TokenBucket(limits.publishesPerSecond(), limits.publishBurst(), shared.now());
  }

  Result check(MqttPublishMessage publish, DevicePrincipal device, boolean version5) {
    Optional<String> topic = topicOf(publish);
    if (topic.isEmpty()) {
      return new Result.Close(Violation.TOPIC_ALIAS);
    }
    Optional<Violation> violation =
        MqttLimits.ofPublish(
            topic.get(),
            publish.fixedHeader().qosLevel().value(),
            publish.payload().readableBytes());
    if (violation.isPresent()) {
      return violation.get() == Violation.PAYLOAD_TOO_LARGE
              && shared.authorizer().mayPublish(device, topic.get())
          ? new Result.Oversized(topic.get())
          : new Result.Close(violation.get());
    }
    String client = device.clientId();
    if (!rate.take(1, shared.now())) {
      shared.counters().count(Limit.PUBLISH_RATE);
      shared.log().info(client, "discarded: thing={} publishes too fast", client);
      return new Result.Discard(QUOTA_EXCEEDED);
    }
    boolean retain = publish.fixedHeader().isRetain();
    if (!retain && shared.authorizer().mayPublish(device, topic.get())) {
      return new Result.Accept();
    }
    shared.counters().count(Limit.PUBLISH_POLICY);
    shared
        .log()
        .info(
            client,
            "refused: thing={} may not publish to topic={} retain={}",
            client,
            topic.get(),
            retain);
    return version5
        ? new Result.Discard(NOT_AUTHORIZED)
        : new Result.Close(Violation.NOT_AUTHORIZED);
  }

  /// The topic of the message; empty if its alias is invalid or unknown.
  private Optional<String> topicOf(MqttPublishMessage publish) {
    String topic = publish.variableHeader().topicName();
    MqttProperties.MqttProperty<?> property =
        publish.variableHeader().properties() == null
            ? null
            : publish.variableHeader().properties().getProperty(MqttProperties.TOPIC_ALIAS);
    if (property == null || !(property.value() instanceof Integer alias)) {
      return Optional.of(topic);
    }
    if (alias < 1 || alias > MAX_TOPIC_ALIASES) {
      return Optional.empty();
    }
    if (topic.isEmpty()) {
      return Optional.ofNullable(topicByAlias.get(alias));
    }
    topicByAlias.put(alias, topic);
    return Optional.of(topic);
  }
}
