package io.gympulse.edge.binding;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.floorplan.Sensor.Behaviour;

/// Something that may be the sensor of a machine: a value of an MQTT topic, or a GPIO line.
///
/// @param key names it, for as long as it is connected in the same way
/// @param label names it for people
/// @param behaviour what it detects, as its name suggests
/// @param source its source as in a floor plan, without what says which value is active
/// @param polarity how the source says that
record Candidate(
    String key, String label, Behaviour behaviour, ObjectNode source, Polarity polarity) {

  /// How a source in a floor plan says which value is active.
  enum Polarity {
    /// It need not: the preset or the behaviour does.
    FIXED,
    /// By `activeWhen`.
    ACTIVE_WHEN,
    /// By the words `active` and `inactive`.
    WORDS,
    /// By `activeHigh`, with the pull that gives the other level.
    LEVEL
  }

  Candidate {
    source = source.deepCopy();
  }

  /// The source as in a floor plan.
  ///
  /// @param active whether the value `true`, `on` or `high` is the one that the machine's use gives
  ObjectNode source(boolean active) {
    ObjectNode written = source.deepCopy();
    switch (polarity) {
      case FIXED -> {}
      case ACTIVE_WHEN -> written.put("activeWhen", active);
      case WORDS -> {
        String on = written.path("active").asText();
        String off = written.path("inactive").asText();
        written.put("active", active ? on : off).put("inactive", active ? off : on);
      }
      case LEVEL -> written.put("activeHigh", active).put("pull", active ? "down" : "up");
    }
    return written;
  }
}
