package io.gympulse.contract.message;

import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.id.GatewayAddress;
import java.time.Instant;
import java.util.List;

/// The current state of all machines of a gateway, sent first after a silence. Not an event: it
/// has no sequence number, sets current state only, and is never part of history or aggregates.
public record Snapshot(GatewayAddress from, Instant sentAt, List<MachineState> machines)
    implements GatewayMessage {
  public Snapshot {
    machines = List.copyOf(machines);
  }
}
