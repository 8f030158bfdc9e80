package io.gympulse.edge.sensing.mqtt;

/// What a sensor's payload said.
sealed interface Payload {

  /// @param active whether the sensor sees somebody, its polarity applied
  record Level(boolean active) implements Payload {}

  /// A sound message about something else, such as the state of a battery.
  record Other() implements Payload {}

  record Malformed(String reason) implements Payload {}
}
