package io.gympulse.cloud.ingest;

import io.gympulse.cloud.core.floor.FloorPlans;
import io.gympulse.cloud.core.floor.MachinePlace;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The floor plans as one invocation sees them: each gym's plan is read once, each machine is
/// looked for once, and only those that stand elsewhere are asked of the store. For one thread.
final class Places {
  private final FloorPlans plans;
  private final Map<GymId, Floor> byGym = new HashMap<>();

  /// @param places as far as they were asked for
  private record Floor(Optional<FloorPlan> plan, Map<MachineId, Optional<MachinePlace>> places) {}

  Places(FloorPlans plans) {
    this.plans = plans;
  }

  boolean know(GatewayAddress gateway) {
    return floor(gateway.gym()).plan().filter(it -> it.address().equals(gateway)).isPresent();
  }

  /// @param speaker the gym on whose topic the machine is spoken of
  Optional<MachinePlace> locate(GymId speaker, MachineId machine) {
    Floor floor = floor(speaker);
    return floor.places().computeIfAbsent(machine, it -> on(floor.plan(), it));
  }

  private Optional<MachinePlace> on(Optional<FloorPlan> plan, MachineId machine) {
    return plan.flatMap(it -> it.machine(machine))
        .map(it -> new MachinePlace(plan.orElseThrow().address(), it))
        .or(() -> plans.locate(machine));
  }

  private Floor floor(GymId gym) {
    return byGym.computeIfAbsent(gym, it -> new Floor(plans.find(it), new HashMap<>()));
  }
}
