package io.gympulse.cloud.api.gyms;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.MachineId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A gym's floor plan with the states of its machines and the presence of its gateway at one time.
/// Pure; the only place that computes the status to show.
///
/// @param states by machine; a machine without one is shown as `unknown`, reason `no-reading`
record GymOccupancy(
    FloorPlan plan, Map<MachineId, CurrentState> states, BranchView.Presence presence) {

  BranchView branch() {
    Gym gym = plan.gym();
    List<MachineView> machines = machines();
    return new BranchView(
        gym.id().value(),
        gym.name(),
        new BranchView.Coordinates(gym.latitude(), gym.longitude()),
        gym.zone().getId(),
        presence,
        BranchView.OccupancySummary.of(machines),
        categories().stream().map(id -> category(id, machines)).toList());
  }

  List<MachineView> machines() {
    return plan.machines().stream().map(this::view).toList();
  }

  List<MachineView> machines(CategoryId category) {
    return plan.machines().stream()
        .filter(machine -> machine.category().equals(category))
        .map(this::view)
        .toList();
  }

  MachineView view(Machine machine) {
    Optional<CurrentState> state = Optional.ofNullable(states.get(machine.id()));
    MachineStatus keptStatus = state.map(CurrentState::status).orElse(MachineStatus.UNKNOWN);
    Optional<UnknownReason> reason =
        state.isEmpty()
            ? Optional.of(UnknownReason.NO_READING)
            : state.flatMap(CurrentState::reason);
    return new MachineView(
        machine.id().value(),
        machine.name(),
        machine.category().value(),
        plan.gym().id().value(),
        new MachineView.Position(machine.x(), machine.y()),
        presence.offline() ? BranchView.Presence.OFFLINE : keptStatus.wireName(),
        keptStatus.wireName(),
        reason.map(UnknownReason::wireName),
        state.map(CurrentState::since),
        presence);
  }

  private List<CategoryId> categories() {
    return plan.machines().stream().map(Machine::category).distinct().toList();
  }

  private static BranchView.Category category(CategoryId id, List<MachineView> machines) {
    return new BranchView.Category(
        id.value(),
        BranchView.OccupancySummary.of(
            machines.stream().filter(it -> it.category().equals(id.value())).toList()));
  }
}
