package io.gympulse.edge.sensing.mqtt;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.contract.floorplan.SensorSource;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/// Reads payloads: a JSON object whose named property holds the level. Stateless.
///
/// Zigbee2MQTT writes a boolean and leaves it out of messages about something else. In plain JSON
/// the property is always there: a boolean, a number (0 is false), or one of `on`, `off`, `true`,
/// `false` in any case.
final class PayloadReader {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final int LARGEST = 65_536;

  private PayloadReader() {}

  static Payload read(SensorSource.Mqtt source, byte[] payload) {
    if (payload.length > LARGEST) {
      return new Payload.Malformed("%d bytes are too many".formatted(payload.length));
    }
    try {
      return read(source, JSON.readTree(payload));
    } catch (JacksonException e) {
      return new Payload.Malformed("not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      return new Payload.Malformed("not readable: " + e.getMessage());
    }
  }

  private static Payload read(SensorSource.Mqtt source, JsonNode body) {
    if (!body.isObject()) {
      return new Payload.Malformed("not a JSON object");
    }
    JsonNode property = body.get(source.property());
    if (property == null) {
      return switch (source.format()) {
        case ZIGBEE2MQTT -> new Payload.Other();
        case JSON -> new Payload.Malformed("property '%s' is missing".formatted(source.property()));
      };
    }
    Optional<Boolean> level =
        switch (source.format()) {
          case ZIGBEE2MQTT ->
              property.isBoolean() ? Optional.of(property.booleanValue()) : Optional.empty();
          case JSON -> plain(property);
        };
    return level
        .<Payload>map(it -> new Payload.Level(it == source.activeWhen()))
        .orElseGet(
            () ->
                new Payload.Malformed(
                    "property '%s' is %s, no level".formatted(source.property(), property)));
  }

  private static Optional<Boolean> plain(JsonNode property) {
    if (property.isBoolean()) {
      return Optional.of(property.booleanValue());
    }
    if (property.isNumber()) {
      return Optional.of(property.doubleValue() != 0);
    }
    return switch (property.asText().toLowerCase(Locale.ROOT)) {
      case "on", "true" -> Optional.of(true);
      case "off", "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }
}
