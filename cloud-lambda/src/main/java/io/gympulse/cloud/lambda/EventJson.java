package io.gympulse.cloud.lambda;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.contract.json.JsonCursor;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads events in Lambda's JSON as cursors whose problems are thrown as [IOException]. Lambda's
/// own mapping does the same and starts slower.
final class EventJson {
  static final ObjectMapper JSON = new ObjectMapper();

  private EventJson() {}

  /// @param kind of the event, for messages: `event of an HTTP API`
  /// @throws IOException if it is not JSON
  static JsonCursor<IOException> read(InputStream input, String kind) throws IOException {
    return JsonCursor.root(
        JSON.readTree(input),
        it -> new IOException("this is no %s: %s %s".formatted(kind, it.path(), it.detail())));
  }

  /// Null if there is no such text.
  static @Nullable String text(JsonCursor<IOException> object, String name) throws IOException {
    JsonCursor<IOException> field = object.field(name);
    return field.isPresent() ? field.node().textValue() : null;
  }

  /// Text fields by name; empty if there is no such object.
  static Map<String, String> texts(JsonCursor<IOException> object, String name) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    JsonCursor<IOException> field = object.field(name);
    if (field.isPresent()) {
      field
          .node()
          .properties()
          .forEach(
              it -> {
                if (it.getValue().isTextual()) {
                  texts.put(it.getKey(), it.getValue().textValue());
                }
              });
    }
    return texts;
  }
}
