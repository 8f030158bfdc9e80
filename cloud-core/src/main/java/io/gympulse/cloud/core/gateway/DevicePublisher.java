package io.gympulse.cloud.core.gateway;

/// The way back to devices, and to whoever watches the error topic.
public interface DevicePublisher {

  /// Hands a message to the broker, QoS 0. Safe for any number of threads.
  ///
  /// @throws RuntimeException if the broker did not take it; ingest then asks for the message it
  ///     answers to be delivered again
  void publish(String topic, byte[] payload);
}
