package io.gympulse.contract.floorplan;

/// Where a sensor's readings come from.
public sealed interface SensorSource {

  /// A topic on the gym's own broker.
  ///
  /// @param property the field of the JSON payload that holds the reading
  /// @param activeWhen the reading that means "somebody is there": a door contact closes, so its
  ///     `contact` may mean so when false
  record Mqtt(MqttFormat format, String topic, String property, boolean activeWhen)
      implements SensorSource {
    public Mqtt {
      if (topic.isBlank() || topic.contains("+") || topic.contains("#")) {
        throw new IllegalArgumentException("topic '%s' is blank or a filter".formatted(topic));
      }
      if (property.isBlank()) {
        throw new IllegalArgumentException("the payload's property is blank");
      }
    }
  }

  /// A line of the gateway's GPIO header, by its BCM number.
  record Gpio(int line, boolean activeHigh) implements SensorSource {
    public Gpio {
      if (line < 0 || line > 511) {
        throw new IllegalArgumentException("GPIO line %d is not in 0 to 511".formatted(line));
      }
    }
  }
}
