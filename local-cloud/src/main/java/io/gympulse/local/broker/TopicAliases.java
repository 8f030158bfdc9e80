package io.gympulse.local.broker;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The topics that an MQTT 5 client names by a number on one connection. For one thread.
final class TopicAliases {

  /// AWS IoT Core's number of aliases.
  static final int MOST = 8;

  private final Map<Integer, String> topics = new HashMap<>();

  /// The topic of the message; empty if it names a number that stands for none.
  Optional<String> topicOf(MqttPublishMessage publish) {
    String topic = publish.variableHeader().topicName();
    MqttProperties.MqttProperty<?> property =
        publish.variableHeader().properties() == null
            ? null
            : publish.variableHeader().properties().getProperty(MqttProperties.TOPIC_ALIAS);
    if (property == null || !(property.value() instanceof Integer alias)) {
      return Optional.of(topic);
    }
    if (alias < 1 || alias > MOST) {
      return Optional.empty();
    }
    if (topic.isEmpty()) {
      return Optional.ofNullable(topics.get(alias));
    }
    topics.put(alias, topic);
    return Optional.of(topic);
  }
}
