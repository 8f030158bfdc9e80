package io.gympulse.contract.message;

import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The status of a machine that reports by itself, without a gateway. It has no sequence number:
/// machine, time and status together are its identity.
///
/// @param status free or occupied
/// @param at in whole seconds (finer parts are cut off)
public record StatusReport(GymId gym, MachineId machine, MachineStatus status, Instant at) {
  public StatusReport {
    at = at.truncatedTo(ChronoUnit.SECONDS);
    if (status == MachineStatus.UNKNOWN) {
      throw new IllegalArgumentException("a machine reports free or occupied, not unknown");
    }
  }
}
