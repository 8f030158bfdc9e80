package io.gympulse.cloud.state.floor;

import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.List;

/// Machines on no floor plan, kept apart under the gym that spoke of them until an operator adopts
/// them.
public interface UnregisteredMachines {
  void seen(GymId gym, MachineId machine, Instant at);

  /// By gym id and machine id.
  List<UnregisteredMachine> all();
}
