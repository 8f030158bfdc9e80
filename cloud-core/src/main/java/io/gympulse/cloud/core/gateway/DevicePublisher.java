package io.gympulse.cloud.core.gateway;

/// Publishes to devices and to the subscribers of the error topic.
public interface DevicePublisher {
  /// Hands a message to the broker, QoS 0. Safe for any number of threads.
  ///
  /// @throws RuntimeException if the broker did not accept it; ingest then has the message that it
  ///     answers redelivered
  void publish(String topic, byte[] payload);
}
