package io.gympulse.edge.sensing.mqtt;

import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.contract.mqtt.MqttMapping;
import io.gympulse.contract.mqtt.MqttMapping.MissingValue;
import io.gympulse.edge.sensing.mqtt.MqttMessage.ReadResult;
import io.gympulse.edge.sensing.mqtt.ValueReader.Scalar;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads a sensor's payloads as its mapping says. Immutable.
final class PayloadReader {
  private final ValueReader value;
  private final Optional<TimestampReader> timestamp;

  /// A value as the payload states it.
  ///
  /// @param timestamp when, by the sensor's own clock, in whole milliseconds; empty if the payload
  ///     has none that can be read
  record StatedValue(Scalar value, Optional<Instant> timestamp) {}

  PayloadReader(MqttMapping mapping) {
    this.value =
        new ValueReader(
            mapping.level().location(), mapping.level().missing() == MissingValue.IGNORED);
    this.timestamp = mapping.timestamp().map(TimestampReader::new);
  }

  ReadResult<StatedValue> read(MqttMessage message) {
    return value
        .read(message)
        .then(it -> ReadResult.value(new StatedValue(it, timestamp(message))));
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
}
