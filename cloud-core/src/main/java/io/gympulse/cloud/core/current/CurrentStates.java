package io.gympulse.cloud.core.current;

import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Stores the current state of each machine, as its gym reported it: a machine that moves to
/// another gym has a state in each. The newest state wins, whatever the order of arrival.
public interface CurrentStates {
  /// Joins the claims with what is stored, by [CurrentState#join], and writes what changed. Visible
  /// changes are published by the feed.
  ///
  /// @return the states that [visibly][CurrentState#visiblyEquals] differ from those stored before
  List<CurrentState> offer(Collection<CurrentState> claims);

  /// @return whether the change is visible
  default boolean offer(CurrentState claim) {
    return !offer(List.of(claim)).isEmpty();
  }

  Optional<CurrentState> find(GymId gym, MachineId machine);
}
