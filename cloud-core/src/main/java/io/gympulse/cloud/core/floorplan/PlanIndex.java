package io.gympulse.cloud.core.floorplan;

import io.gympulse.cloud.core.floorplan.FloorPlans.PlanConflictException;
import io.gympulse.cloud.core.floorplan.FloorPlans.RegisteredMachine;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// All plans, looked up by machine. Immutable.
public final class PlanIndex {
  public static final PlanIndex EMPTY = new PlanIndex(new TreeMap<>());

  private final Map<GymId, FloorPlan> plans;
  private final Map<MachineId, RegisteredMachine> places = new HashMap<>();
  private final Map<GatewayId, GymId> gateways = new HashMap<>();

  private PlanIndex(Map<GymId, FloorPlan> plans) {
    this.plans = plans;
    plans.values().forEach(this::add);
  }

  /// @throws PlanConflictException if two plans contain the same machine or gateway
  public static PlanIndex of(Collection<FloorPlan> plans) {
    Map<GymId, FloorPlan> byGym = new TreeMap<>();
    plans.forEach(it -> byGym.put(it.gym().id(), it));
    return new PlanIndex(byGym);
  }

  /// @throws PlanConflictException if another gym owns one of its machines or its gateway
  public PlanIndex with(FloorPlan plan) {
    Map<GymId, FloorPlan> more = new TreeMap<>(plans);
    more.put(plan.gym().id(), plan);
    return new PlanIndex(more);
  }

  public PlanIndex without(GymId gym) {
    Map<GymId, FloorPlan> fewer = new TreeMap<>(plans);
    fewer.remove(gym);
    return new PlanIndex(fewer);
  }

  private void add(FloorPlan plan) {
    GymId owner = gateways.put(plan.gateway(), plan.gym().id());
    if (owner != null) {
      throw new PlanConflictException(
          "gateway '%s' is on the floor plans of both '%s' and '%s'"
              .formatted(plan.gateway(), owner, plan.gym().id()));
    }
    for (Machine machine : plan.machines()) {
      RegisteredMachine other =
          places.put(machine.id(), new RegisteredMachine(plan.address(), machine));
      if (other != null) {
        throw new PlanConflictException(
            "machine '%s' is on the floor plans of both '%s' and '%s'"
                .formatted(machine.id(), other.owner().gym(), plan.gym().id()));
      }
    }
  }

  public Optional<RegisteredMachine> locate(MachineId machine) {
    return Optional.ofNullable(places.get(machine));
  }

  public Optional<FloorPlan> find(GymId gym) {
    return Optional.ofNullable(plans.get(gym));
  }

  /// By gym id.
  public List<FloorPlan> all() {
    return List.copyOf(plans.values());
  }
}
