package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.time.Stamp;
import java.util.Optional;

/// A machine's change of status, before the outbox has assigned a sequence number to it.
///
/// @param reason present only if the status is unknown
public record Occurrence(
    MachineId machine, MachineStatus status, Optional<UnknownReason> reason, Stamp stamp) {
  public Occurrence {
    if (reason.isPresent() && status != MachineStatus.UNKNOWN) {
      throw new IllegalArgumentException("only an unknown status has a reason: " + status);
    }
  }

  boolean hasWallTime() {
    return stamp.wall().isPresent();
  }

  Occurrence at(Stamp other) {
    return other.equals(stamp) ? this : new Occurrence(machine, status, reason, other);
  }

  /// The event as it is sent. Requires its wall time.
  MachineEvent event(Sequence seq, Optional<Summary> summary) {
    Stamp.Wall wall = stamp.wall().orElseThrow();
    return new MachineEvent(seq, machine, status, reason, wall.at(), wall.quality(), summary);
  }
}
