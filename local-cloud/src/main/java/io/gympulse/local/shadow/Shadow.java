package io.gympulse.local.shadow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A shadow's document. Its trees are never changed after construction.
///
/// @param state with `desired` and `reported`, each absent if empty
/// @param metadata the time of each leaf of the state, in the same shape
/// @param version number of accepted changes; not reset by a deletion
/// @param timestamp epoch seconds of the last change
/// @param deleted whether the shadow is deleted; only its version is kept then
public record Shadow(
    ObjectNode state, ObjectNode metadata, long version, long timestamp, boolean deleted) {

  /// A shadow that was never written.
  public static final Shadow NONE =
      new Shadow(
          JsonNodeFactory.instance.objectNode(), JsonNodeFactory.instance.objectNode(), 0, 0, true);

  /// The desired values that differ from the reported ones.
  ObjectNode delta() {
    return Merge.delta(Merge.objectAt(state, "desired"), Merge.objectAt(state, "reported"));
  }

  /// The document of the topic `update/documents`.
  ObjectNode document() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.set("state", state);
    document.set("metadata", metadata);
    return document.put("version", version);
  }
}
