package io.gympulse.edge.sensing.mqtt;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.contract.mqtt.Place;
import io.gympulse.contract.mqtt.Texts;
import io.gympulse.edge.sensing.mqtt.Payload.Fault;
import java.util.Optional;

/// Finds the text of a value at its place. Immutable.
final class ValueReader {
  private final Optional<JsonPointer> pointer;
  private final boolean textWithoutJson;

  ValueReader(Place place) {
    this.pointer =
        switch (place) {
          case Place.WholeText _ -> Optional.empty();
          case Place.InJson it -> Optional.of(JsonPointer.compile(it.pointer().text()));
          case Place.InJsonOrWholeText it -> Optional.of(JsonPointer.compile(it.pointer().text()));
        };
    this.textWithoutJson = place instanceof Place.InJsonOrWholeText;
  }

  /// What stands at the place.
  sealed interface Value {

    /// @param isNumber whether the text stands for a number
    record Said(String text, boolean isNumber) implements Value {}

    /// The payload has no bytes.
    record Empty() implements Value {}

    /// @param fromObject whether the payload is a JSON object
    record Absent(boolean fromObject) implements Value {}

    record Unreadable(Fault fault) implements Value {}
  }

  Value read(Message message) {
    if (message.isEmpty()) {
      return new Value.Empty();
    }
    if (pointer.isEmpty()) {
      return whole(message);
    }
    return switch (message.body()) {
      case Message.Body.Json it when it.root().isContainerNode() || !textWithoutJson ->
          inJson(pointer.get(), it.root());
      case Message.Body.Json _ -> whole(message);
      case Message.Body.NoJson it ->
          textWithoutJson ? whole(message) : new Value.Unreadable(it.fault());
    };
  }

  private static Value whole(Message message) {
    return switch (message.text()) {
      case Message.Text.Sound it ->
          it.text().strip().startsWith("\"")
                  && message.body() instanceof Message.Body.Json json
                  && json.root().isTextual()
              ? said(json.root().asText().strip())
              : said(it.text().strip());
      case Message.Text.Unsound it -> new Value.Unreadable(it.fault());
    };
  }

  private static Value inJson(JsonPointer pointer, JsonNode root) {
    JsonNode found = root.at(pointer);
    if (found.isMissingNode() || found.isNull()) {
      return new Value.Absent(root.isObject());
    }
    if (found.isNumber()) {
      return new Value.Said(found.asText(), true);
    }
    return found.isValueNode()
        ? said(found.asText().strip())
        : new Value.Unreadable(Fault.UNKNOWN_VALUE);
  }

  private static Value said(String text) {
    return new Value.Said(text, Texts.isNumber(text));
  }
}
