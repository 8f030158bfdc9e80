package io.gympulse.local.broker;

import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The topic filters of one connection, up to a limit. Not thread-safe, except for `count`.
final class Subscriptions {

  private static final int FIRST_FAILURE_CODE = 0x80;
  private static final int QUOTA_EXCEEDED = 0x97;

  private final int max;
  private final Set<String> filters = new HashSet<>();
  private final Map<Integer, List<String>> pendingRequests = new HashMap<>();
  private volatile int count;

  Subscriptions(int max) {
    this.max = max;
  }

  /// Adds the filters of the session that the connection resumes.
  void resume(List<String> sessionFilters) {
    filters.addAll(sessionFilters);
    count = filters.size();
  }

  /// Adds the filters of a SUBSCRIBE.
  ///
  /// @return false if there would be too many; none is added then
  boolean add(int packetId, List<String> requested) {
    List<String> added = requested.stream().distinct().filter(it -> !filters.contains(it)).toList();
    if (!added.isEmpty() && filters.size() + added.size() > max) {
      return false;
    }
    filters.addAll(added);
    count = filters.size();
    // Bounded by the limit of filters; if a packet id is used twice, the last request counts.
    if (pendingRequests.size() <= max) {
      pendingRequests.put(packetId, List.copyOf(requested));
    }
    return true;
  }

  /// Removes the filters that the broker refused.
  ///
  /// @param codes one per filter of the request
  void acknowledged(int packetId, List<Integer> codes) {
    List<String> requested = pendingRequests.remove(packetId);
    if (requested == null) {
      return;
    }
    for (int i = 0; i < Math.min(requested.size(), codes.size()); i++) {
      if (codes.get(i) >= FIRST_FAILURE_CODE) {
        filters.remove(requested.get(i));
      }
    }
    count = filters.size();
  }

  void remove(List<String> unsubscribed) {
    unsubscribed.forEach(filters::remove);
    count = filters.size();
  }

  int count() {
    return count;
  }

  /// A SUBACK that refuses every filter.
  static MqttSubAckMessage refusal(int packetId, int filters, boolean version5) {
    if (version5) {
      return new MqttSubAckMessage(
          new MqttFixedHeader(MqttMessageType.SUBACK, false, MqttQoS.AT_MOST_ONCE, false, 0),
          new MqttMessageIdAndPropertiesVariableHeader(packetId, MqttProperties.NO_PROPERTIES),
          new MqttSubAckPayload(Collections.nCopies(filters, QUOTA_EXCEEDED)));
    }
    var subAck = MqttMessageBuilders.subAck().packetId(packetId);
    for (int i = 0; i < filters; i++) {
      subAck.addGrantedQos(MqttQoS.FAILURE);
    }
    return subAck.build();
  }
}
