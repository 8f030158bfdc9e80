package io.gympulse.local.broker;

/// Hears every message that a device was allowed to publish.
@FunctionalInterface
public interface PublishListener {

  /// Called on the publisher's thread, before its acknowledgement: must be quick. What it throws is
  /// logged and changes nothing for the device.
  void published(String topic, byte[] payload);
}
