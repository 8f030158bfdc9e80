package io.gympulse.edge;

import io.gympulse.contract.topic.Topics;
import io.gympulse.edge.configuration.GatewayConfiguration;
import io.gympulse.edge.uplink.GreengrassUplink;
import io.gympulse.edge.uplink.MqttUplink;
import io.gympulse.edge.uplink.Uplink;
import io.gympulse.edge.uplink.UplinkSettings;

/// Creates the uplink that a configuration chooses.
final class Uplinks {
  private Uplinks() {}

  /// @return not started
  /// @throws IllegalArgumentException if certificate, key or root cannot be used
  static Uplink of(GatewayConfiguration configuration) {
    String acks = Topics.acks(configuration.address());
    return switch (configuration.uplink()) {
      case UplinkSettings.Direct it ->
          MqttUplink.direct(it, configuration.address().gateway().value(), acks);
      case UplinkSettings.Greengrass it -> GreengrassUplink.of(it, acks);
    };
  }
}
