package io.gympulse.cloud.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A part of an event as Lambda hands it over. Lambda's own mapping would read it too, and starts
/// slower.
///
/// @param kind what it should be, for messages: `event of an HTTP API`
record EventJson(JsonNode node, String kind) {
  static final ObjectMapper JSON = new ObjectMapper();

  /// @throws IOException if it is no JSON
  static EventJson read(InputStream input, String kind) throws IOException {
    return new EventJson(JSON.readTree(input), kind);
  }

  EventJson part(String name) {
    return new EventJson(node.path(name), kind);
  }

  /// @throws IOException naming what is missing
  String required(String name) throws IOException {
    @Nullable String text = text(name);
    if (text == null) {
      throw wrong(name + " is missing");
    }
    return text;
  }

  @Nullable String text(String name) {
    return node.path(name).textValue();
  }

  /// Names and texts; none if there is no such object.
  Map<String, String> texts(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    node.path(name)
        .properties()
        .forEach(
            it -> {
              if (it.getValue().isTextual()) {
                texts.put(it.getKey(), it.getValue().textValue());
              }
            });
    return texts;
  }

  /// @throws IOException if there is no such list
  List<EventJson> list(String name) throws IOException {
    if (!node.path(name).isArray()) {
      throw wrong(name + " is missing");
    }
    List<EventJson> parts = new ArrayList<>();
    node.path(name).forEach(it -> parts.add(new EventJson(it, kind)));
    return parts;
  }

  /// What to throw for what is not as it should be.
  IOException wrong(String how) {
    return new IOException("this is no %s: %s".formatted(kind, how));
  }
}
