package io.gympulse.cloud.lambda;

import io.gympulse.cloud.ingest.DevicePublisher;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.iotdataplane.IotDataPlaneClient;

/// Publishes through AWS IoT Core's data plane, QoS 0. The client repeats what fails for a moment.
/// Safe for any number of threads.
final class IotDevicePublisher implements DevicePublisher {
  private final IotDataPlaneClient client;

  IotDevicePublisher(IotDataPlaneClient client) {
    this.client = client;
  }

  @Override
  public void publish(String topic, byte[] payload) {
    client.publish(it -> it.topic(topic).qos(0).payload(SdkBytes.fromByteArray(payload)));
  }
}
