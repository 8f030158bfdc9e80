package io.gympulse.local.broker;

import static io.gympulse.contract.topic.IotCoreLimits.MAX_PAYLOAD_BYTES;

import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTConnection;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTInterceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnection;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes connections that break AWS IoT Core's limits, telling MQTT 5 clients why, and tells them
/// the highest QoS in the connection's acknowledgement.
final class LimitsInterceptor implements MQTTInterceptor {

  private static final Logger LOG = LoggerFactory.getLogger(LimitsInterceptor.class);
  private static final String MQTT_5 = "MQTT5";

  private final PublishListener listener;
  private final Executor executor;

  /// @param executor calls the listener, off the connection's own thread
  LimitsInterceptor(PublishListener listener, Executor executor) {
    this.listener = listener;
    this.executor = executor;
  }

  @Override
  public boolean intercept(MqttMessage message, RemotingConnection connection) {
    if (message instanceof MqttConnAckMessage acknowledgement) {
      announce(acknowledgement);
      return true;
    }
    if (message.decoderResult().isFailure()) {
      return true;
    }
    Optional<Limits.Breach> breach =
        switch (message) {
          case MqttPublishMessage publish -> publish(publish);
          case MqttSubscribeMessage subscribe -> subscribe(subscribe);
          case MqttMessage other -> Optional.empty();
        };
    breach.ifPresent(it -> explain(connection, it));
    if (message instanceof MqttPublishMessage publish
        && breach.equals(Optional.of(Limits.Breach.PAYLOAD_TOO_LARGE))) {
      String topic = publish.variableHeader().topicName();
      byte[] head = new byte[MAX_PAYLOAD_BYTES + 1];
      publish.payload().getBytes(publish.payload().readerIndex(), head);
      executor.execute(() -> listener.cutOff(topic, head));
    }
    return breach.isEmpty();
  }

  private static Optional<Limits.Breach> publish(MqttPublishMessage message) {
    // The broker's own deliveries pass here too: they are within the limits by construction.
    return Limits.ofPublish(
        message.variableHeader().topicName(),
        message.fixedHeader().qosLevel().value(),
        message.payload().readableBytes());
  }

  private static Optional<Limits.Breach> subscribe(MqttSubscribeMessage message) {
    var subscriptions = message.payload().topicSubscriptions();
    if (subscriptions.size() > Limits.MAX_SUBSCRIPTIONS_PER_REQUEST) {
      return Optional.of(Limits.Breach.TOO_MANY_FILTERS);
    }
    return subscriptions.stream()
        .flatMap(
            it -> Limits.ofSubscription(it.topicFilter(), it.qualityOfService().value()).stream())
        .findFirst();
  }

  private static void announce(MqttConnAckMessage acknowledgement) {
    MqttProperties properties = acknowledgement.variableHeader().properties();
    if (properties != MqttProperties.NO_PROPERTIES
        && acknowledgement.variableHeader().connectReturnCode().byteValue() == 0) {
      properties.add(new MqttProperties.IntegerProperty(MqttProperties.MAXIMUM_QOS, 1));
    }
  }

  private static void explain(RemotingConnection connection, Limits.Breach breach) {
    LOG.info("closed: client={}: {}", connection.getClientID(), breach.text());
    if (connection instanceof MQTTConnection mqtt
        && MQTT_5.equals(mqtt.getProtocolName())
        && mqtt.getTransportConnection() instanceof NettyConnection netty) {
      MqttMessage reason = MqttMessageBuilders.disconnect().reasonCode(breach.code()).build();
      netty
          .getNettyChannel()
          .writeAndFlush(reason)
          .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }
  }
}
