package io.gympulse.edge.sensing.mqtt;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.contract.mqtt.MqttMapping;
import io.gympulse.contract.mqtt.MqttMapping.LevelMapping;
import io.gympulse.contract.mqtt.MqttMapping.MissingValue;
import io.gympulse.contract.mqtt.MqttMapping.TimestampMapping;
import io.gympulse.contract.mqtt.PayloadValues;
import io.gympulse.contract.mqtt.ValueLocation;
import io.gympulse.edge.sensing.mqtt.MqttMessage.ReadResult;
import io.gympulse.edge.sensing.mqtt.MqttMessage.ReadResult.Defect;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads a sensor's payloads as its mapping says. Immutable.
final class PayloadReader {
  private final LevelMapping level;
  private final ValueReader value;
  private final Optional<TimestampReader> timestamp;

  /// A level as the payload states it.
  ///
  /// @param active whether the sensor detects use
  /// @param text the value that states it
  /// @param timestamp when, by the sensor's own clock, in whole milliseconds; empty if the payload
  ///     has none that can be read
  record StatedLevel(boolean active, String text, Optional<Instant> timestamp) {}

  PayloadReader(MqttMapping mapping) {
    this.level = mapping.level();
    this.value = new ValueReader(level.location(), level.missing() == MissingValue.IGNORED);
    this.timestamp = mapping.timestamp().map(TimestampReader::new);
  }

  ReadResult<StatedLevel> read(MqttMessage message) {
    return value
        .read(message)
        .then(
            it ->
                level
                    .values()
                    .active(it.text(), it.isNumber())
                    .map(
                        active ->
                            ReadResult.value(
                                new StatedLevel(active, it.text(), timestamp(message))))
                    .orElseGet(() -> ReadResult.malformed(Defect.UNKNOWN_VALUE)));
  }

  /// The names of the values in a message that has none for the sensor; none if it has one, or is
  /// no JSON object.
  Iterable<String> otherNames(MqttMessage message) {
    return message.json() instanceof ReadResult.Value<JsonNode>(JsonNode root)
            && value.isAbsentFrom(root)
        ? root::fieldNames
        : List.of();
  }

  private Optional<Instant> timestamp(MqttMessage message) {
    return timestamp.isPresent()
            && message.json() instanceof ReadResult.Value<JsonNode>(JsonNode root)
        ? timestamp.get().read(root)
        : Optional.empty();
  }

  /// Reads the text of a value from the place in a message that a mapping names. Immutable.
  static final class ValueReader {
    private final Optional<JsonPointer> pointer;
    private final boolean textIfNotJson;
    private final boolean mayBeAbsent;

    /// @param isNumber whether the text represents a number
    record Scalar(String text, boolean isNumber) {
      private static ReadResult<Scalar> of(String text) {
        return ReadResult.value(new Scalar(text, PayloadValues.isNumber(text)));
      }
    }

    /// @param mayBeAbsent whether a JSON object without the value is valid
    ValueReader(ValueLocation place, boolean mayBeAbsent) {
      this.pointer =
          switch (place) {
            case ValueLocation.WholeText _ -> Optional.empty();
            case ValueLocation.InJson it -> Optional.of(JsonPointer.compile(it.pointer().text()));
            case ValueLocation.InJsonOrWholeText it ->
                Optional.of(JsonPointer.compile(it.pointer().text()));
          };
      this.textIfNotJson = place instanceof ValueLocation.InJsonOrWholeText;
      this.mayBeAbsent = mayBeAbsent;
    }

    ReadResult<Scalar> read(MqttMessage message) {
      if (message.isEmpty()) {
        return ReadResult.nothing();
      }
      if (pointer.isEmpty()
          || (textIfNotJson && json(message).filter(JsonNode::isContainerNode).isEmpty())) {
        return message.text().then(it -> wholeText(message, it));
      }
      return message.json().then(it -> inJson(pointer.get(), it));
    }

    boolean isAbsentFrom(JsonNode root) {
      return pointer.filter(it -> root.at(it).isMissingNode()).isPresent();
    }

    private static Optional<JsonNode> json(MqttMessage message) {
      return message.json() instanceof ReadResult.Value<JsonNode>(JsonNode root)
          ? Optional.of(root)
          : Optional.empty();
    }

    private static ReadResult<Scalar> wholeText(MqttMessage message, String text) {
      String stripped = text.strip();
      return stripped.startsWith("\"")
          ? Scalar.of(
              json(message)
                  .filter(JsonNode::isTextual)
                  .map(it -> it.asText().strip())
                  .orElse(stripped))
          : Scalar.of(stripped);
    }

    private ReadResult<Scalar> inJson(JsonPointer place, JsonNode root) {
      JsonNode found = root.at(place);
      if (found.isMissingNode() || found.isNull()) {
        return mayBeAbsent && root.isObject()
            ? ReadResult.nothing()
            : ReadResult.malformed(Defect.NO_VALUE);
      }
      if (found.isNumber()) {
        return ReadResult.value(new Scalar(found.asText(), true));
      }
      return found.isValueNode()
          ? Scalar.of(found.asText().strip())
          : ReadResult.malformed(Defect.UNKNOWN_VALUE);
    }
  }

  private static final class TimestampReader {
    private static final BigDecimal LATEST_MILLIS = BigDecimal.valueOf(1e14);
    private static final DateTimeFormatter ISO_8601 =
        new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT);

    private final JsonPointer pointer;
    private final TimestampMapping.Unit unit;

    TimestampReader(TimestampMapping mapping) {
      this.pointer = JsonPointer.compile(mapping.pointer().text());
      this.unit = mapping.unit();
    }

    Optional<Instant> read(JsonNode root) {
      JsonNode found = root.at(pointer);
      if (found.isMissingNode() || found.isNull()) {
        return Optional.empty();
      }
      String text = found.asText();
      return switch (unit) {
        case ISO_8601 -> iso(text);
        case SECONDS -> number(text, 3);
        case MILLISECONDS -> number(text, 0);
      };
    }

    private static Optional<Instant> iso(String text) {
      try {
        return Optional.of(OffsetDateTime.parse(text, ISO_8601).toInstant());
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    }

    private static Optional<Instant> number(String text, int decimals) {
      if (!PayloadValues.isNumber(text)) {
        return Optional.empty();
      }
      BigDecimal millis = new BigDecimal(text).movePointRight(decimals);
      return millis.abs().compareTo(LATEST_MILLIS) > 0
          ? Optional.empty()
          : Optional.of(
              Instant.ofEpochMilli(millis.setScale(0, RoundingMode.HALF_UP).longValueExact()));
    }
  }
}
