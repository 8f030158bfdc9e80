package io.gympulse.cloud.core.floor;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.List;
import java.util.Optional;

/// The registered floor plans. Ids of machines and gateways are unique in the whole system.
public interface FloorPlans {

  /// Adds a gym's plan, or replaces the one it had.
  ///
  /// @throws PlanConflictException if another gym owns one of its machines or its gateway; nothing
  ///     is changed then
  void register(FloorPlan plan);

  /// Removes a gym's plan: its machines and its gateway may stand on other plans from then on. What
  /// was stored of them stays.
  ///
  /// @return whether there was one
  boolean remove(GymId gym);

  Optional<MachinePlace> locate(MachineId machine);

  Optional<FloorPlan> find(GymId gym);

  /// By gym id.
  List<FloorPlan> all();
}
