package io.gympulse.cloud.core.memory;

import io.gympulse.cloud.core.floorplan.FloorPlans;
import io.gympulse.cloud.core.floorplan.FloorPlans.RegisteredMachine;
import io.gympulse.cloud.core.floorplan.PlanIndex;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.List;
import java.util.Optional;

/// Floor plans behind an index that is replaced as a whole.
final class InMemoryFloorPlans implements FloorPlans {
  private final InMemoryUnregisteredMachines unregistered;
  private volatile PlanIndex index = PlanIndex.EMPTY;

  InMemoryFloorPlans(InMemoryUnregisteredMachines unregistered) {
    this.unregistered = unregistered;
  }

  @Override
  public synchronized void register(FloorPlan plan) {
    index = index.with(plan);
    unregistered.adopted(plan);
  }

  @Override
  public synchronized boolean remove(GymId gym) {
    boolean known = index.find(gym).isPresent();
    index = index.without(gym);
    return known;
  }

  @Override
  public Optional<RegisteredMachine> locate(MachineId machine) {
    return index.locate(machine);
  }

  @Override
  public Optional<FloorPlan> find(GymId gym) {
    return index.find(gym);
  }

  @Override
  public List<FloorPlan> all() {
    return index.all();
  }
}
