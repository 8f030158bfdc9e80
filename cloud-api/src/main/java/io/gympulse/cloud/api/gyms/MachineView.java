package io.gympulse.cloud.api.gyms;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.query.Branch;
import io.gympulse.cloud.core.query.Branch.BranchMachine;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import java.time.Instant;
import java.util.Optional;

/// A machine as REST shows it. Times are ISO-8601; unknown values are null.
///
/// @param status the status to show: `free`, `occupied`, `unknown`, or `offline` while the gateway
///     is offline
/// @param keptStatus the last known status, whatever the presence: `free`, `occupied` or `unknown`
/// @param reason why the status is unknown, by its name in the MQTT protocol
/// @param since when the machine entered `keptStatus`
public record MachineView(
    String id,
    String name,
    String category,
    String gymId,
    Position position,
    String status,
    String keptStatus,
    Optional<String> reason,
    Optional<Instant> since,
    BranchView.Presence presence) {

  /// The status to show: `offline` hides the kept status.
  static MachineView of(BranchMachine machine, Branch branch, BranchView.Presence presence) {
    Optional<CurrentState> state = machine.state();
    MachineStatus keptStatus = state.map(CurrentState::status).orElse(MachineStatus.UNKNOWN);
    Optional<UnknownReason> reason =
        state.isEmpty()
            ? Optional.of(UnknownReason.NO_READING)
            : state.flatMap(CurrentState::reason);
    return new MachineView(
        machine.id().value(),
        machine.name(),
        machine.category().value(),
        branch.gym().id().value(),
        new Position(machine.x(), machine.y()),
        presence.offline() ? BranchView.Presence.OFFLINE : keptStatus.wireName(),
        keptStatus.wireName(),
        reason.map(UnknownReason::wireName),
        state.map(CurrentState::since),
        presence);
  }

  /// Metres from the left and the upper edge of the floor plan.
  public record Position(double x, double y) {}

  /// `GET /machines/{id}`: the machine and the feed's status, in one JSON object.
  public record Full(@JsonUnwrapped MachineView machine, BranchView.Feed feed) {}
}
