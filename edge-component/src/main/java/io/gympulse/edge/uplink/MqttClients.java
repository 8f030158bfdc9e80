package io.gympulse.edge.uplink;

import software.amazon.awssdk.crt.mqtt5.Mqtt5Client;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.LifecycleEvents;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.PublishEvents;

/// Makes the client of an uplink.
interface MqttClients {

  Mqtt5Client create(LifecycleEvents lifecycle, PublishEvents publishes);
}
