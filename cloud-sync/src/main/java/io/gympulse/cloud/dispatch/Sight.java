package io.gympulse.cloud.dispatch;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.current.CurrentStates;
import io.gympulse.cloud.core.floor.FloorPlans;
import io.gympulse.cloud.core.gateway.Gateways;
import io.gympulse.contract.id.MachineId;
import java.util.Optional;

/// What is known of machines at this moment, as members see it. Safe for any number of threads.
public record Sight(CurrentStates states, Gateways gateways, FloorPlans plans) {

  /// What is kept, whatever the presence.
  public Optional<CurrentState> kept(MachineId machine) {
    return states.find(machine);
  }

  /// What holds now: nothing while the machine's gateway is known to be out of reach.
  public Optional<CurrentState> now(MachineId machine) {
    return outOfReach(machine) ? Optional.empty() : states.find(machine);
  }

  private boolean outOfReach(MachineId machine) {
    return plans
        .locate(machine)
        .flatMap(it -> gateways.find(it.owner().gateway()))
        .flatMap(it -> it.presence())
        .filter(it -> !it.online())
        .isPresent();
  }
}
