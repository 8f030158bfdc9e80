package io.gympulse.cloud.state.current;

import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.List;
import java.util.Optional;

/// Each machine's current state; the newest offered wins, whatever the order of arrival.
public interface CurrentStates {

  /// Keeps the state if it is newer than what is kept. What watchers can tell apart goes to the
  /// feed.
  ///
  /// @return whether watchers can tell
  boolean offer(CurrentState state);

  Optional<CurrentState> find(MachineId machine);

  /// By machine id.
  List<CurrentState> ofGym(GymId gym);
}
