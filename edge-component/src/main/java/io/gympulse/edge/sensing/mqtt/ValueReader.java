package io.gympulse.edge.sensing.mqtt;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.contract.mqtt.PayloadValues;
import io.gympulse.contract.mqtt.ValueLocation;
import io.gympulse.edge.sensing.mqtt.MqttMessage.ReadResult;
import io.gympulse.edge.sensing.mqtt.MqttMessage.ReadResult.Defect;
import java.util.Optional;

/// Reads the text of a value from the place in a message that a mapping names. Immutable.
final class ValueReader {
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
    return isInJson(message)
        ? message.json().then(this::read)
        : message.text().then(it -> wholeText(message, it));
  }

  /// Whether the value is a part of the message, which is JSON, or should be.
  boolean isInJson(MqttMessage message) {
    return pointer.isPresent()
        && !(textIfNotJson && json(message).filter(JsonNode::isContainerNode).isEmpty());
  }

  /// Whether a message that is not JSON can be the value.
  boolean mayBeText() {
    return textIfNotJson || pointer.isEmpty();
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

  /// Reads the value from a message or a part of one.
  ReadResult<Scalar> read(JsonNode root) {
    JsonNode found = pointer.map(root::at).orElse(root);
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
