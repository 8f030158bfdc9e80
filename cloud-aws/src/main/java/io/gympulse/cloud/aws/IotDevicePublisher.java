package io.gympulse.cloud.aws;

import io.gympulse.cloud.core.gateway.DevicePublisher;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.iotdataplane.IotDataPlaneClient;

/// Publishes through AWS IoT Core's data plane, QoS 0. The client retries transient failures. Safe
/// for any number of threads.
public final class IotDevicePublisher implements DevicePublisher {
  private final IotDataPlaneClient client;

  public IotDevicePublisher(IotDataPlaneClient client) {
    this.client = client;
  }

  @Override
  public void publish(String topic, byte[] payload) {
    client.publish(it -> it.topic(topic).qos(0).payload(SdkBytes.fromByteArray(payload)));
  }
}
