package io.gympulse.local.broker;

/// Hears every message that a device was allowed to publish, and of those that were too large.
@FunctionalInterface
public interface PublishListener {

  /// Called on the publisher's thread, before its acknowledgement: must be quick. What it throws is
  /// logged and changes nothing for the device.
  void published(String topic, byte[] payload);

  /// A device was cut off because it published more than the broker takes.
  ///
  /// @param head the payload's beginning: one byte more than is allowed
  default void cutOff(String topic, byte[] head) {}
}
