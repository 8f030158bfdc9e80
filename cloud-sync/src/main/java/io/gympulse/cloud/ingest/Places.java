package io.gympulse.cloud.ingest;

import io.gympulse.cloud.state.floor.FloorPlans;
import io.gympulse.cloud.state.floor.MachinePlace;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The floor plans as one invocation sees them: each gym's plan is read once, and only machines
/// that stand elsewhere are looked for one by one. For one thread.
final class Places {
  private final FloorPlans plans;
  private final Map<GymId, Optional<FloorPlan>> byGym = new HashMap<>();
  private final Map<MachineId, Optional<MachinePlace>> elsewhere = new HashMap<>();

  Places(FloorPlans plans) {
    this.plans = plans;
  }

  boolean know(GatewayAddress gateway) {
    return plan(gateway.gym()).filter(it -> it.address().equals(gateway)).isPresent();
  }

  /// @param speaker the gym on whose topic the machine is spoken of
  Optional<MachinePlace> locate(GymId speaker, MachineId machine) {
    Optional<FloorPlan> plan = plan(speaker);
    return plan.flatMap(it -> it.machine(machine))
        .map(it -> new MachinePlace(plan.orElseThrow().address(), it))
        .or(() -> elsewhere.computeIfAbsent(machine, plans::locate));
  }

  private Optional<FloorPlan> plan(GymId gym) {
    return byGym.computeIfAbsent(gym, plans::find);
  }
}
