package io.gympulse.local.shadow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/// How shadow documents are merged and compared. Pure: arguments stay as they are.
final class Merge {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Merge() {}

  /// The base with the patch laid over: objects merge, `null` removes, all else replaces.
  static ObjectNode merge(ObjectNode base, ObjectNode patch) {
    ObjectNode merged = base.deepCopy();
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      switch (field.getValue()) {
        case ObjectNode object -> {
          ObjectNode inner = merge(objectAt(merged, field.getKey()), object);
          if (inner.isEmpty()) {
            merged.remove(field.getKey());
          } else {
            merged.set(field.getKey(), inner);
          }
        }
        case JsonNode value when value.isNull() -> merged.remove(field.getKey());
        case JsonNode value -> merged.set(field.getKey(), value.deepCopy());
      }
    }
    return merged;
  }

  /// The tree with every leaf replaced by `{"timestamp":seconds}`; a `null` stays, so that merging
  /// metadata removes what merging the state removes.
  static JsonNode stamped(JsonNode tree, long seconds) {
    return switch (tree) {
      case ObjectNode object -> {
        ObjectNode stamped = JSON.objectNode();
        object.properties().forEach(e -> stamped.set(e.getKey(), stamped(e.getValue(), seconds)));
        yield stamped;
      }
      case ArrayNode array -> {
        ArrayNode stamped = JSON.arrayNode();
        array.forEach(element -> stamped.add(stamped(element, seconds)));
        yield stamped;
      }
      case JsonNode leaf when leaf.isNull() -> leaf;
      case JsonNode leaf -> JSON.objectNode().put("timestamp", seconds);
    };
  }

  /// What is desired and not reported so.
  static ObjectNode delta(ObjectNode desired, ObjectNode reported) {
    ObjectNode delta = JSON.objectNode();
    for (Map.Entry<String, JsonNode> field : desired.properties()) {
      JsonNode other = reported.get(field.getKey());
      if (field.getValue() instanceof ObjectNode wanted && other instanceof ObjectNode known) {
        ObjectNode inner = delta(wanted, known);
        if (!inner.isEmpty()) {
          delta.set(field.getKey(), inner);
        }
      } else if (!field.getValue().equals(other)) {
        delta.set(field.getKey(), field.getValue().deepCopy());
      }
    }
    return delta;
  }

  /// The part of a tree that has the shape of another.
  static ObjectNode shapedAs(ObjectNode shape, ObjectNode tree) {
    ObjectNode part = JSON.objectNode();
    for (Map.Entry<String, JsonNode> field : shape.properties()) {
      JsonNode value = tree.get(field.getKey());
      if (field.getValue() instanceof ObjectNode inner && value instanceof ObjectNode object) {
        part.set(field.getKey(), shapedAs(inner, object));
      } else if (value != null) {
        part.set(field.getKey(), value.deepCopy());
      }
    }
    return part;
  }

  /// The object under the name, or an empty one.
  static ObjectNode objectAt(ObjectNode tree, String name) {
    return tree.get(name) instanceof ObjectNode object ? object : JSON.objectNode();
  }
}
