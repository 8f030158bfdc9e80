package io.gympulse.edge.sensing.mqtt;

import io.gympulse.contract.mqtt.MqttMapping;
import io.gympulse.edge.sensing.mqtt.MqttMessage.ReadResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether a sensor's device is available, by the topics that report it and by the sensor's own
/// topic. Not thread-safe.
final class Availability {
  private final List<DeviceAvailability> onOwnTopic;
  private final Map<String, String> unavailableBy = new LinkedHashMap<>();
  private boolean reported;
  // A later message of the topic is newer, even if it is delivered as a retained one.
  private Optional<String> unknownByOwnTopic = Optional.empty();

  Availability(MqttMapping mapping) {
    this.onOwnTopic =
        mapping.availability().stream()
            .filter(it -> it.topic().equals(mapping.topic()))
            .map(DeviceAvailability::new)
            .toList();
  }

  /// Whether a message of the sensor's own topic reports whether the device is available.
  boolean isReportedBy(MqttMessage message) {
    return onOwnTopic.stream().anyMatch(it -> it.read(message) instanceof ReadResult.Value);
  }

  /// Handles a report that the device is unavailable.
  ///
  /// @return whether it has to be reported
  boolean unavailable(String topic, String reason) {
    boolean changed = unavailableBy.isEmpty() || !reported;
    unavailableBy.put(topic, reason);
    reported = true;
    return changed;
  }

  /// Handles a report that the device is available.
  ///
  /// @return whether no topic reports it as unavailable any more
  boolean available(String topic) {
    return unavailableBy.remove(topic) != null && unavailableBy.isEmpty();
  }

  /// Handles that the sensor's own topic says that its level is unknown.
  ///
  /// @return whether it has to be reported
  boolean ownTopicHasNone(String reason) {
    boolean changed = unknownByOwnTopic.isEmpty();
    unknownByOwnTopic = Optional.of(reason);
    return changed;
  }

  /// Handles a reading of any age, which is newer than other messages of its topic.
  void ownTopicHasReading() {
    unknownByOwnTopic = Optional.empty();
    onOwnTopic.forEach(it -> unavailableBy.remove(it.topic()));
  }

  /// Handles a reading that counts, which shows that the device is available.
  void hasReading() {
    unavailableBy.clear();
  }

  boolean isUnavailable() {
    return !unavailableBy.isEmpty();
  }

  /// Why it is unavailable.
  String reason() {
    return unavailableBy.values().stream().findFirst().orElse("");
  }

  /// Handles the loss of the connection.
  void disconnected() {
    reported = false;
    unknownByOwnTopic = Optional.empty();
  }
}
