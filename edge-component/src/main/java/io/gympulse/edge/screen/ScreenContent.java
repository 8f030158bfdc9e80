package io.gympulse.edge.screen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// What the screen shows and lets do. Thread-safe.
public interface ScreenContent {

  /// The gateway at present, as one line of JSON without the time, so that it differs from the one
  /// before only if something has changed.
  String status();

  /// Binding at present, as one line of JSON.
  String binding();

  /// All that a report to keep has.
  ObjectNode report();

  /// Does what a path names.
  ///
  /// @param body an object
  /// @return empty if there is no such action
  Optional<Outcome> act(String path, JsonNode body);

  /// The outcome of an action.
  sealed interface Outcome {

    /// @param view what has changed by it
    record Done(ObjectNode view) implements Outcome {}

    /// @param reason a sentence
    record Refused(String reason) implements Outcome {}
  }
}
