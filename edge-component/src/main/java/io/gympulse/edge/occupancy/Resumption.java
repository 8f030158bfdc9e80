package io.gympulse.edge.occupancy;

import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.Optional;

/// What is known of a machine when the gateway starts: nothing since it was last alive.
public final class Resumption {
  private Resumption() {}

  /// The state a machine starts from; an event is due if it differs from `last`.
  ///
  /// @param last its last recorded state
  /// @param lastAlive when the gateway is known to have been watching last
  public static MachineState of(
      MachineId machine, Optional<MachineState> last, Optional<Instant> lastAlive, Instant now) {
    if (last.isEmpty()) {
      return unknown(machine, UnknownReason.NO_READING, now);
    }
    if (last.get().reason().equals(Optional.of(UnknownReason.GATEWAY_OFF))) {
      return last.get();
    }
    Instant recorded = last.get().since();
    Instant since = lastAlive.filter(recorded::isBefore).orElse(recorded);
    return unknown(machine, UnknownReason.GATEWAY_OFF, since);
  }

  private static MachineState unknown(MachineId machine, UnknownReason reason, Instant since) {
    return new MachineState(machine, MachineStatus.UNKNOWN, since, Optional.of(reason));
  }
}
