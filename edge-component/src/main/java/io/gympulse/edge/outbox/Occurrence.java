package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.Sequence;
import java.time.Instant;
import java.util.Optional;

/// What happened to a machine, before the outbox has given it a sequence number.
///
/// @param reason present only if the status is unknown
public record Occurrence(
    MachineId machine,
    MachineStatus status,
    Optional<UnknownReason> reason,
    Instant at,
    TimeQuality quality) {
  public Occurrence {
    if (reason.isPresent() && status != MachineStatus.UNKNOWN) {
      throw new IllegalArgumentException("only an unknown status has a reason: " + status);
    }
  }

  MachineEvent numbered(Sequence seq) {
    return new MachineEvent(seq, machine, status, reason, at, quality);
  }

  MachineState state() {
    return new MachineState(machine, status, at, reason);
  }
}
