package io.gympulse.contract.event;

import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.Sequence;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// A machine's status changed. With its outbox's id, the sequence number *is* the event's identity;
/// everything else is fixed before the first send and never changes afterwards.
///
/// @param reason present only if the status is unknown
/// @param at when the status changed, in whole milliseconds (finer parts are cut off)
public record MachineEvent(
    Sequence seq,
    MachineId machine,
    MachineStatus status,
    Optional<UnknownReason> reason,
    Instant at,
    TimeQuality quality) {
  public MachineEvent {
    at = at.truncatedTo(ChronoUnit.MILLIS);
    if (reason.isPresent() && status != MachineStatus.UNKNOWN) {
      throw new IllegalArgumentException(
          "a reason belongs to status unknown, not " + status.wireName());
    }
  }
}
