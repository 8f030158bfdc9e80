package io.gympulse.contract.mqtt;

/// Where it is said whether a device, or the bridge it speaks through, is there at all.
///
/// @param topic of that one device or bridge: no wildcards
public record AvailabilityMapping(TopicFilter topic, Place place, Texts online, Texts offline) {

  /// @throws IllegalArgumentException if the topic has a wildcard, or the texts contradict
  ///     each other
  public AvailabilityMapping {
    if (topic.hasWildcard()) {
      throw new IllegalArgumentException(
          "availability topic '%s' has a wildcard; give the topic of one device".formatted(topic));
    }
    if (online.isEmpty() || offline.isEmpty()) {
      throw new IllegalArgumentException("give both 'online' and 'offline'");
    }
    online.requireApartFrom(offline, "online and offline");
  }
}
