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

/// A gym at one moment: its plan, what its machines last said, and whether its gateway is heard.
/// Pure; decides what to show.
///
/// @param states machines never reported are absent, and shown as unknown for want of a reading
record Floor(FloorPlan plan, Map<MachineId, CurrentState> states, PresenceView presence) {

  BranchView branch() {
    Gym gym = plan.gym();
    List<MachineView> machines = machines();
    return new BranchView(
        gym.id().value(),
        gym.name(),
        new BranchView.Coordinates(gym.latitude(), gym.longitude()),
        gym.zone().getId(),
        presence,
        Counts.of(machines),
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
    MachineStatus kept = state.map(CurrentState::status).orElse(MachineStatus.UNKNOWN);
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
        presence.offline() ? PresenceView.OFFLINE : kept.wireName(),
        kept.wireName(),
        reason.map(UnknownReason::wireName),
        state.map(CurrentState::since),
        presence);
  }

  private List<CategoryId> categories() {
    return plan.machines().stream().map(Machine::category).distinct().toList();
  }

  private static BranchView.Category category(CategoryId id, List<MachineView> all) {
    return new BranchView.Category(
        id.value(),
        Counts.of(all.stream().filter(machine -> machine.category().equals(id.value())).toList()));
  }
}
