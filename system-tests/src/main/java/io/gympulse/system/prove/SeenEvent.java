package io.gympulse.system.prove;

import java.time.Instant;
import java.util.Optional;

/// An event as the gateway's observer or a reader of the store saw it.
///
/// @param at by the wall, if that was known when it was seen
/// @param reason why the status is unknown, or `-`
record SeenEvent(
    EventName name, Optional<Instant> at, String machine, String status, String reason) {
  static final String NO_REASON = "-";

  /// Whether they may be one event, seen at two moments of its life.
  boolean agreesWith(SeenEvent other) {
    return name.equals(other.name)
        && machine.equals(other.machine)
        && status.equals(other.status)
        && reason.equals(other.reason)
        && (at.isEmpty() || other.at.isEmpty() || at.equals(other.at));
  }
}
