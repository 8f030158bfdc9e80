package io.gympulse.cloud.ingest;

import io.gympulse.cloud.core.floorplan.FloorPlans;
import io.gympulse.cloud.core.floorplan.FloorPlans.RegisteredMachine;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A cache of floor plans for one invocation: each gym's plan is read once, and each machine that
/// is not on it is looked up in the store once. For one thread.
final class MachineLocations {
  private final FloorPlans plans;
  private final Map<GymId, CachedPlan> byGym = new HashMap<>();

  /// @param machines looked up so far
  private record CachedPlan(
      Optional<FloorPlan> plan, Map<MachineId, Optional<RegisteredMachine>> machines) {}

  MachineLocations(FloorPlans plans) {
    this.plans = plans;
  }

  boolean isKnown(GatewayAddress gateway) {
    return cached(gateway.gym()).plan().filter(it -> it.address().equals(gateway)).isPresent();
  }

  /// @param sender the gym that owns the topic of the message
  Optional<RegisteredMachine> locate(GymId sender, MachineId machine) {
    CachedPlan cached = cached(sender);
    return cached.machines().computeIfAbsent(machine, it -> find(cached.plan(), it));
  }

  private Optional<RegisteredMachine> find(Optional<FloorPlan> plan, MachineId machine) {
    return plan.flatMap(it -> it.machine(machine))
        .map(it -> new RegisteredMachine(plan.orElseThrow().address(), it))
        .or(() -> plans.locate(machine));
  }

  private CachedPlan cached(GymId gym) {
    return byGym.computeIfAbsent(gym, it -> new CachedPlan(plans.find(it), new HashMap<>()));
  }
}
