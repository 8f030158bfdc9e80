package io.gympulse.cloud.core.query;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.gateway.Gateway.GatewayPresence;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.MachineId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A registered gym, without its machines.
///
/// @param presence of its gateway; empty if no message of the gateway was received
public record Branch(Gym gym, GatewayId gateway, Optional<GatewayPresence> presence) {
  public static Branch of(FloorPlan plan, Optional<GatewayPresence> presence) {
    return new Branch(plan.gym(), plan.gateway(), presence);
  }

  /// A machine on the floor.
  ///
  /// @param x metres from the floor's left edge
  /// @param y metres from the floor's upper edge
  /// @param state whatever the presence of the gateway; empty before the machine's first one
  public record BranchMachine(
      MachineId id,
      String name,
      CategoryId category,
      double x,
      double y,
      Optional<CurrentState> state) {
    public static BranchMachine of(Machine machine, Optional<CurrentState> state) {
      return new BranchMachine(
          machine.id(), machine.name(), machine.category(), machine.x(), machine.y(), state);
    }
  }

  /// A registered gym with all its machines.
  ///
  /// @param machines in the order of the floor plan
  public record BranchDetail(Branch branch, List<BranchMachine> machines) {
    public BranchDetail {
      machines = List.copyOf(machines);
    }
  }

  /// One machine with its gym.
  public record MachineDetail(Branch branch, BranchMachine machine) {}

  /// A registered gym with counts of its machines' stored statuses.
  ///
  /// @param categories in the order in which they first appear on the floor plan
  public record BranchSummary(Branch branch, List<CategoryCounts> categories) {
    public BranchSummary {
      categories = List.copyOf(categories);
    }

    public static BranchSummary of(BranchDetail detail) {
      Map<CategoryId, CategoryCounts> counts = new LinkedHashMap<>();
      for (BranchMachine machine : detail.machines()) {
        counts.merge(machine.category(), CategoryCounts.of(machine), CategoryCounts::plus);
      }
      return new BranchSummary(detail.branch(), List.copyOf(counts.values()));
    }
  }

  /// Machines of one category by stored status; `total - free - occupied` are unknown.
  public record CategoryCounts(CategoryId category, int total, int free, int occupied) {
    private static CategoryCounts of(BranchMachine machine) {
      Optional<MachineStatus> status = machine.state().map(CurrentState::status);
      return new CategoryCounts(
          machine.category(),
          1,
          status.filter(it -> it == MachineStatus.FREE).isPresent() ? 1 : 0,
          status.filter(it -> it == MachineStatus.OCCUPIED).isPresent() ? 1 : 0);
    }

    private CategoryCounts plus(CategoryCounts other) {
      return new CategoryCounts(
          category, total + other.total, free + other.free, occupied + other.occupied);
    }
  }
}
