package io.gympulse.cloud.notify;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.current.CurrentStates;
import io.gympulse.cloud.core.floorplan.FloorPlans;
import io.gympulse.cloud.core.gateway.Gateways;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.Optional;

/// Current states of gyms' machines as members see them. Safe for any number of threads.
public record LiveState(CurrentStates states, Gateways gateways, FloorPlans plans) {

  /// The stored state, whatever the presence of the gym's gateway.
  public Optional<CurrentState> stored(GymId gym, MachineId machine) {
    return states.find(gym, machine);
  }

  /// The stored state; empty while the gym's gateway is offline.
  public Optional<CurrentState> live(GymId gym, MachineId machine) {
    return isOffline(gym) ? Optional.empty() : states.find(gym, machine);
  }

  private boolean isOffline(GymId gym) {
    return plans
        .find(gym)
        .flatMap(it -> gateways.find(it.gateway()))
        .flatMap(it -> it.presence())
        .filter(it -> !it.online())
        .isPresent();
  }
}
