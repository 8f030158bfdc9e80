package io.gympulse.cloud.core.floorplan;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.List;
import java.util.Optional;

/// Stores the floor plans. Ids of machines and gateways are unique across all gyms.
public interface FloorPlans {
  /// A machine on a floor plan, with the gateway that may send its events.
  record RegisteredMachine(GatewayAddress owner, Machine machine) {}

  /// Two gyms' plans contain the same machine or gateway. The message says which.
  final class PlanConflictException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public PlanConflictException(String message) {
      super(message);
    }
  }

  /// Adds a gym's plan, or replaces its earlier one.
  ///
  /// @throws PlanConflictException if another gym owns one of its machines or its gateway; nothing
  ///     is changed then
  void register(FloorPlan plan);

  /// Removes a gym's plan: other plans may contain its machines and its gateway from then on.
  /// Stored events and states stay.
  ///
  /// @return whether there was one
  boolean remove(GymId gym);

  Optional<RegisteredMachine> locate(MachineId machine);

  Optional<FloorPlan> find(GymId gym);

  /// By gym id.
  List<FloorPlan> all();
}
