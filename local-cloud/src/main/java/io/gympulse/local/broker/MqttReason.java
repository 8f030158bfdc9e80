package io.gympulse.local.broker;

import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import java.util.Collections;

/// Reason codes of MQTT 5 that answer a single request.
final class MqttReason {

  static final byte NOT_AUTHORIZED = (byte) 0x87;
  static final byte QUOTA_EXCEEDED = (byte) 0x97;

  private MqttReason() {}

  /// A SUBACK that refuses every filter.
  static MqttSubAckMessage quotaExceeded(int packetId, int filters) {
    return new MqttSubAckMessage(
        new MqttFixedHeader(MqttMessageType.SUBACK, false, MqttQoS.AT_MOST_ONCE, false, 0),
        new MqttMessageIdAndPropertiesVariableHeader(packetId, MqttProperties.NO_PROPERTIES),
        new MqttSubAckPayload(Collections.nCopies(filters, QUOTA_EXCEEDED & 0xFF)));
  }
}
