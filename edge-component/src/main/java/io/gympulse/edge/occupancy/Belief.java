package io.gympulse.edge.occupancy;

import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import java.time.Instant;
import java.util.Optional;

/// What is held to be true of one sensor's view, and since when.
///
/// @param reason present only if the status is unknown
record Belief(MachineStatus status, Optional<UnknownReason> reason, Instant since) {

  static Belief of(MachineStatus status, Instant since) {
    return new Belief(status, Optional.empty(), since);
  }

  static Belief unknown(UnknownReason reason, Instant since) {
    return new Belief(MachineStatus.UNKNOWN, Optional.of(reason), since);
  }
}
