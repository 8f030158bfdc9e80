package io.gympulse.cloud.core.current;

import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Each machine's current state; the newest offered wins, whatever the order of arrival.
public interface CurrentStates {

  /// Joins the claims to what is kept, by [CurrentState#join], and writes what that changes. What
  /// watchers can tell apart goes to the feed.
  ///
  /// @return the states that watchers can tell from those kept before
  List<CurrentState> offer(Collection<CurrentState> claims);

  /// @return whether watchers can tell
  default boolean offer(CurrentState claim) {
    return !offer(List.of(claim)).isEmpty();
  }

  Optional<CurrentState> find(MachineId machine);

  /// By machine id.
  List<CurrentState> ofGym(GymId gym);
}
