package io.gympulse.local.shadow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A shadow's document. Its trees are never changed after construction.
///
/// @param state with `desired` and `reported`, each absent when empty
/// @param metadata the time of each leaf of the state, same shape
/// @param version counts every accepted change from 1; it goes on after a deletion
/// @param timestamp epoch seconds of the last change
/// @param deleted whether only the version is left
public record Shadow(
    ObjectNode state, ObjectNode metadata, long version, long timestamp, boolean deleted) {

  /// A shadow that was never written.
  public static final Shadow NONE =
      new Shadow(
          JsonNodeFactory.instance.objectNode(), JsonNodeFactory.instance.objectNode(), 0, 0, true);
}
