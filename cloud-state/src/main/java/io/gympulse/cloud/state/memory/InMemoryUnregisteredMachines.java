package io.gympulse.cloud.state.memory;

import io.gympulse.cloud.state.floor.UnregisteredMachine;
import io.gympulse.cloud.state.floor.UnregisteredMachines;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Machines that stand on no floor plan, in a map.
final class InMemoryUnregisteredMachines implements UnregisteredMachines {
  private final Map<String, UnregisteredMachine> machines = new TreeMap<>();

  @Override
  public synchronized void seen(GymId gym, MachineId machine, Instant at) {
    machines.merge(
        gym + "/" + machine,
        new UnregisteredMachine(gym, machine, at, at, 1),
        (kept, _) ->
            new UnregisteredMachine(gym, machine, kept.firstSeen(), at, kept.mentions() + 1));
  }

  @Override
  public synchronized List<UnregisteredMachine> all() {
    return List.copyOf(machines.values());
  }
}
