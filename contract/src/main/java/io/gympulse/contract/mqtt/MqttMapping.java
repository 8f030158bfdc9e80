package io.gympulse.contract.mqtt;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// All that is needed to understand one sensor.
///
/// @param topic where it publishes its readings
/// @param availability the device is there only if all of them say so; none if nothing tells
public record MqttMapping(
    TopicFilter topic,
    LevelMapping level,
    Optional<TimestampMapping> timestamp,
    List<AvailabilityMapping> availability) {

  /// @throws IllegalArgumentException if the parts contradict each other
  public MqttMapping {
    availability = List.copyOf(availability);
    if (timestamp.isPresent() && level.place() instanceof Place.WholeText) {
      throw new IllegalArgumentException(
          "a timestamp is read from JSON, but the payload is plain text; remove 'timestamp' or give"
              + " 'pointer'");
    }
    Set<TopicFilter> seen = new HashSet<>();
    for (AvailabilityMapping it : availability) {
      if (!seen.add(it.topic())) {
        throw new IllegalArgumentException(
            "availability topic '%s' appears twice; remove one".formatted(it.topic()));
      }
      if (topic.matches(it.topic().text())) {
        throw new IllegalArgumentException(
            ("topic '%s' also matches the availability topic '%s', which holds no reading; narrow"
                    + " 'topic'")
                .formatted(topic, it.topic()));
      }
    }
  }
}
