package io.gympulse.edge.sensing.mqtt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a message says of the device itself, such as the state of its battery. Zigbee2MQTT repeats
/// the last reading in each message, so one in which such a value changed is about that value and
/// not about the reading. Immutable.
record Housekeeping(Map<String, JsonNode> values) {
  static final Housekeeping NONE = new Housekeeping(Map.of());

  /// Fields that no reading changes. The link quality differs in each message and has no meaning
  // here.
  private static final List<String> FIELDS =
      List.of(
          "battery",
          "battery_low",
          "battery_state",
          "voltage",
          "device_temperature",
          "power_outage_count",
          "update",
          "update_available");

  static Housekeeping of(JsonNode message) {
    return message.isObject()
        ? new Housekeeping(
            FIELDS.stream()
                .filter(message::has)
                .collect(Collectors.toUnmodifiableMap(it -> it, message::get)))
        : NONE;
  }

  /// Whether a value is new or has changed since an earlier message.
  boolean differsFrom(Housekeeping before) {
    return values.entrySet().stream()
        .anyMatch(it -> !it.getValue().equals(before.values.get(it.getKey())));
  }

  /// Finds the messages that are about the device although they repeat its last reading. Not
  /// thread-safe.
  static final class RepeatFilter {
    private final boolean enabled;
    private Optional<Message> last = Optional.empty();

    private record Message(String reading, Housekeeping housekeeping) {}

    /// @param enabled false if no message is to be found
    RepeatFilter(boolean enabled) {
      this.enabled = enabled;
    }

    /// Whether a message has the same reading as the one before, and something else has changed.
    boolean isAboutDevice(String reading, Housekeeping housekeeping) {
      boolean found =
          enabled
              && last.filter(
                      it ->
                          it.reading().equals(reading)
                              && housekeeping.differsFrom(it.housekeeping()))
                  .isPresent();
      last = Optional.of(new Message(reading, housekeeping));
      return found;
    }

    /// Forgets the message before.
    void reset() {
      last = Optional.empty();
    }
  }
}
