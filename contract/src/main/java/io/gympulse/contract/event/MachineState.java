package io.gympulse.contract.event;

import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// A machine's current status and the time since which it holds.
///
/// @param since in whole milliseconds (finer parts are cut off)
/// @param reason present only if the status is unknown
public record MachineState(
    MachineId machine, MachineStatus status, Instant since, Optional<UnknownReason> reason) {
  public MachineState {
    since = since.truncatedTo(ChronoUnit.MILLIS);
    if (reason.isPresent() && status != MachineStatus.UNKNOWN) {
      throw new IllegalArgumentException(
          "a reason belongs to status unknown, not " + status.wireName());
    }
  }
}
