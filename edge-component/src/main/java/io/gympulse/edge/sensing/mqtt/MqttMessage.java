package io.gympulse.edge.sensing.mqtt;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.edge.sensing.mqtt.MqttMessage.ReadResult.Defect;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/// A received message. It is decoded at most once, however many sensors read it. No payload makes
/// it throw. Not thread-safe.
final class MqttMessage {
  static final int MAX_BYTES = 65_536;
  private static final int MAX_DEPTH = 64;
  private static final int EXCERPT_BYTES = 80;
  private static final String BYTE_ORDER_MARK = "\ufeff";
  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final byte[] payload;
  private final boolean retained;
  private Optional<ReadResult<String>> text = Optional.empty();
  private Optional<ReadResult<JsonNode>> json = Optional.empty();

  /// @param retained whether the broker had retained it, so that it may be of any age
  MqttMessage(byte[] payload, boolean retained) {
    this.payload = payload;
    this.retained = retained;
  }

  boolean isEmpty() {
    return payload.length == 0;
  }

  byte[] payload() {
    return payload;
  }

  boolean isRetained() {
    return retained;
  }

  /// The payload as text, without a byte order mark and without the null characters with which
  /// firmware in C may end it.
  ReadResult<String> text() {
    if (text.isEmpty()) {
      text = Optional.of(decode(payload));
    }
    return text.get();
  }

  private static ReadResult<String> decode(byte[] payload) {
    if (payload.length > MAX_BYTES) {
      return ReadResult.malformed(Defect.TOO_LARGE);
    }
    try {
      int length = payload.length;
      while (length > 0 && payload[length - 1] == 0) {
        length--;
      }
      ByteBuffer bytes = ByteBuffer.wrap(payload, 0, length);
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return ReadResult.value(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      return ReadResult.malformed(Defect.NOT_UTF8);
    }
  }

  /// The payload as JSON, with null for each number that JSON does not have, such as `nan`.
  ReadResult<JsonNode> json() {
    if (json.isEmpty()) {
      json = Optional.of(text().then(MqttMessage::parse));
    }
    return json.get();
  }

  private static ReadResult<JsonNode> parse(String text) {
    ReadResult<JsonNode> strict = parseStrictly(text);
    if (strict instanceof ReadResult.Value) {
      return strict;
    }
    String finite = NonFiniteNumbers.toNull(text);
    return finite.equals(text) ? strict : parseStrictly(finite);
  }

  private static ReadResult<JsonNode> parseStrictly(String text) {
    try {
      JsonNode root = JSON.readTree(text);
      return root.isMissingNode() ? ReadResult.malformed(Defect.NOT_JSON) : ReadResult.value(root);
    } catch (JacksonException e) {
      return ReadResult.malformed(Defect.NOT_JSON);
    }
  }

  /// The beginning of the payload, without control characters, for a log line.
  @Override
  public String toString() {
    return new String(payload, 0, Math.min(payload.length, EXCERPT_BYTES), StandardCharsets.UTF_8)
        .replaceAll("\\p{Cntrl}", " ");
  }

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
      NO_LIST("it has no list at the place that the mapping names"),
      NO_VALUE("it has no value at the place that the mapping names"),
      UNKNOWN_VALUE("its value is none of those in the mapping"),
      NOT_A_NUMBER("its value is not a number");

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
}
