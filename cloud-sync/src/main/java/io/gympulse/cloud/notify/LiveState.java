package io.gympulse.cloud.notify;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.current.CurrentStates;
import io.gympulse.cloud.core.floorplan.FloorPlans;
import io.gympulse.cloud.core.gateway.Gateways;
import io.gympulse.contract.id.MachineId;
import java.util.Optional;

/// Current states of machines as members see them. Safe for any number of threads.
public record LiveState(CurrentStates states, Gateways gateways, FloorPlans plans) {

  /// The stored state, whatever the presence of its gateway.
  public Optional<CurrentState> stored(MachineId machine) {
    return states.find(machine);
  }

  /// The stored state; empty while the machine's gateway is offline.
  public Optional<CurrentState> live(MachineId machine) {
    return isOffline(machine) ? Optional.empty() : states.find(machine);
  }

  private boolean isOffline(MachineId machine) {
    return plans
        .locate(machine)
        .flatMap(it -> gateways.find(it.owner().gateway()))
        .flatMap(it -> it.presence())
        .filter(it -> !it.online())
        .isPresent();
  }
}
