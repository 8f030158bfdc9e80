package io.gympulse.contract.mqtt;

import io.gympulse.contract.mqtt.ValueLocation.PayloadPointer;
import java.util.Optional;

/// A message by which a device can be made to publish its present readings.
///
/// @param topic on which the device receives it
/// @param answer where the device answers; empty if on the topic of its readings
public record ReadingRequest(String topic, String payload, Optional<Answer> answer) {

  /// An answer on a topic of its own.
  ///
  /// @param within the place in the answer of what the topic of the readings holds otherwise
  public record Answer(String topic, PayloadPointer within) {}

  /// A request whose answer comes on the topic of the readings.
  static ReadingRequest of(String topic, String payload) {
    return new ReadingRequest(topic, payload, Optional.empty());
  }
}
