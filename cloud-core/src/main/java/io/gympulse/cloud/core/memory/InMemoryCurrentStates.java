package io.gympulse.cloud.core.memory;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.current.CurrentStates;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Current states in a map, each with its position in the feed.
final class InMemoryCurrentStates implements CurrentStates {
  private final InMemoryCloudStore.Positions positions;
  private final Map<CurrentState.Key, FeedUpdate.MachineChanged> states = new HashMap<>();

  InMemoryCurrentStates(InMemoryCloudStore.Positions positions) {
    this.positions = positions;
  }

  @Override
  public List<CurrentState> offer(Collection<CurrentState> claims) {
    List<CurrentState> visible = new ArrayList<>();
    synchronized (positions) {
      CurrentState.joined(claims).forEach(it -> join(it, visible));
    }
    positions.publish();
    return List.copyOf(visible);
  }

  private void join(CurrentState claim, List<CurrentState> visible) {
    FeedUpdate.MachineChanged kept = states.get(claim.key());
    CurrentState next = kept == null ? claim : kept.state().join(claim);
    if (kept == null || !next.visiblyEquals(kept.state())) {
      visible.add(next);
      states.put(claim.key(), new FeedUpdate.MachineChanged(positions.next(), next));
    } else {
      states.put(claim.key(), new FeedUpdate.MachineChanged(kept.position(), next));
    }
  }

  @Override
  public Optional<CurrentState> find(GymId gym, MachineId machine) {
    synchronized (positions) {
      return Optional.ofNullable(states.get(new CurrentState.Key(gym, machine)))
          .map(FeedUpdate.MachineChanged::state);
    }
  }

  /// The newest visible change of each state.
  List<FeedUpdate> updates() {
    synchronized (positions) {
      return List.copyOf(states.values());
    }
  }
}
