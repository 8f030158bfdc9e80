package io.gympulse.system.prove;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;

/// An event as read from a gateway's record file or from the store.
///
/// @param at by the wall clock, if it was known when the event was read
/// @param reason why the status is unknown, or `-`
record ObservedEvent(Id id, Optional<Instant> at, String machine, String status, String reason) {
  static final String NO_REASON = "-";

  /// By time, then by sequence number. All events must have a time.
  static final Comparator<ObservedEvent> BY_TIME =
      Comparator.comparing((ObservedEvent it) -> it.at().orElseThrow())
          .thenComparing(it -> it.id().seq());

  /// An event's identity.
  record Id(UUID outbox, long seq) {}

  /// Whether both can be the same event; one of them may have been read before its time was
  /// known.
  boolean matches(ObservedEvent other) {
    return id.equals(other.id)
        && machine.equals(other.machine)
        && status.equals(other.status)
        && reason.equals(other.reason)
        && (at.isEmpty() || other.at.isEmpty() || at.equals(other.at));
  }
}
