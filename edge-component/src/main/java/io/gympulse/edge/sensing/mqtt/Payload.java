package io.gympulse.edge.sensing.mqtt;

import java.time.Instant;

/// What a sensor's payload said.
sealed interface Payload {

  /// @param active whether the sensor sees somebody
  /// @param stamp when that was, by the sensor's own clock
  record Level(boolean active, Stamp stamp) implements Payload {}

  /// A sound message about something else, such as the state of a battery; or an empty one, which
  /// removes a retained message.
  record Other() implements Payload {}

  record Malformed(Fault fault) implements Payload {}

  /// What is wrong with a payload.
  enum Fault {
    TOO_LARGE("it is larger than %d bytes".formatted(Message.LARGEST)),
    NOT_UTF8("it is not UTF-8"),
    NOT_JSON("it is not JSON, or too deep"),
    NO_VALUE("it has no value where the mapping looks for one"),
    UNKNOWN_VALUE("its value is none of those that the mapping knows");

    private final String text;

    Fault(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /// What a sensor says of the time.
  sealed interface Stamp {

    record None() implements Stamp {}

    record At(Instant time) implements Stamp {}

    record Unreadable() implements Stamp {}
  }
}
