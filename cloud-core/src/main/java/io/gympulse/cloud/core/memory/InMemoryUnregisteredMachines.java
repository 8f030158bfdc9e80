package io.gympulse.cloud.core.memory;

import io.gympulse.cloud.core.floorplan.UnregisteredMachines;
import io.gympulse.cloud.core.floorplan.UnregisteredMachines.UnregisteredMachine;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Unregistered machines in a map.
final class InMemoryUnregisteredMachines implements UnregisteredMachines {
  private final NavigableMap<UnregisteredMachine.Key, UnregisteredMachine> machines =
      new TreeMap<>();

  @Override
  public synchronized boolean report(GymId gym, MachineId machine, Instant at) {
    UnregisteredMachine.Key key = new UnregisteredMachine.Key(gym, machine);
    if (!machines.containsKey(key) && isFull(gym)) {
      return false;
    }
    machines.merge(
        key,
        new UnregisteredMachine(gym, machine, at, at, 1),
        (kept, _) ->
            new UnregisteredMachine(gym, machine, kept.firstSeen(), at, kept.reportCount() + 1));
    return true;
  }

  private boolean isFull(GymId gym) {
    return machines.keySet().stream().filter(it -> it.gym().equals(gym)).count() >= MOST_PER_GYM;
  }

  synchronized void adopted(FloorPlan plan) {
    plan.machines()
        .forEach(it -> machines.remove(new UnregisteredMachine.Key(plan.gym().id(), it.id())));
  }

  @Override
  public synchronized Page<UnregisteredMachine, UnregisteredMachine.Key> page(
      Optional<UnregisteredMachine.Key> after, int size) {
    var rest = after.map(it -> machines.tailMap(it, false)).orElse(machines);
    List<UnregisteredMachine> found =
        rest.values().stream().limit(Page.requireSize(size) + 1L).toList();
    return Page.cut(found, size, UnregisteredMachine::key);
  }
}
