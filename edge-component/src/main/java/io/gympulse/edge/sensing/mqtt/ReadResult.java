package io.gympulse.edge.sensing.mqtt;

import java.util.function.Function;

/// The outcome of reading something from a message: its text, its JSON, a value, or a sensor's
/// reading.
sealed interface ReadResult<T> {

  record Value<T>(T value) implements ReadResult<T> {}

  /// A valid message without that value: an empty one, one about something else such as the state
  /// of a battery, or one that is outdated.
  record Nothing<T>() implements ReadResult<T> {}

  record Malformed<T>(Defect defect) implements ReadResult<T> {}

  static <T> ReadResult<T> value(T value) {
    return new Value<>(value);
  }

  static <T> ReadResult<T> nothing() {
    return new Nothing<>();
  }

  static <T> ReadResult<T> malformed(Defect defect) {
    return new Malformed<>(defect);
  }

  /// Applies a further step to a value; the other outcomes remain.
  default <U> ReadResult<U> then(Function<T, ReadResult<U>> step) {
    return switch (this) {
      case Value<T>(T value) -> step.apply(value);
      case Nothing<T> _ -> nothing();
      case Malformed<T>(Defect defect) -> malformed(defect);
    };
  }

  /// What is wrong with a payload.
  enum Defect {
    TOO_LARGE("it is larger than %d bytes".formatted(MqttMessage.MAX_BYTES)),
    NOT_UTF8("it is not UTF-8"),
    NOT_JSON("it is not JSON, or nested too deeply"),
    NO_VALUE("it has no value at the place that the mapping names"),
    UNKNOWN_VALUE("its value is none of those in the mapping");

    private final String text;

    Defect(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
