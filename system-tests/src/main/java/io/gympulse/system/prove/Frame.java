package io.gympulse.system.prove;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/// A machine's update as it came over a member's WebSocket.
///
/// @param at when it came, by the processes' clock
record Frame(Instant at, String gym, Shown shown) {

  /// @param body of type `machine_update`
  static Frame of(Instant at, JsonNode body) {
    return new Frame(
        at,
        body.required("gymId").textValue(),
        new Shown(
            body.required("machineId").textValue(),
            body.required("status").textValue(),
            Instant.ofEpochSecond(body.required("lastChange").longValue())));
  }
}
