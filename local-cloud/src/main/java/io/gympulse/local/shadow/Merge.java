package io.gympulse.local.shadow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/// Merges and compares shadow documents. Pure functions: arguments are not changed.
final class Merge {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Merge() {}

  /// The base with the patch applied: objects are merged, `null` removes, other values replace.
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

  /// The tree with every leaf replaced by `{"timestamp":seconds}`; `null` is kept, so that merging
  /// it into the metadata removes the same fields as merging the patch into the state.
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

  /// The desired values that differ from the reported ones.
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

  /// The part of a tree whose fields are in the shape.
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

  /// The object field of that name, or an empty object.
  static ObjectNode objectAt(ObjectNode tree, String name) {
    return tree.get(name) instanceof ObjectNode object ? object : JSON.objectNode();
  }
}
