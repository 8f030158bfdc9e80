package io.gympulse.cloud.core.broadcast;

import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.Optional;
import java.util.Set;

/// What one connection subscribed to: every filter given must match; no filter matches all.
public record SubscriptionFilter(
    Optional<GymId> gym, Optional<CategoryId> category, Optional<MachineId> machine) {
  public static final SubscriptionFilter ALL =
      new SubscriptionFilter(Optional.empty(), Optional.empty(), Optional.empty());

  public boolean matches(FeedUpdate update) {
    return switch (update) {
      case FeedUpdate.MachineChanged(_, var state) ->
          matches(state.gym(), state.category(), state.machine());
      case FeedUpdate.PresenceChanged(_, var presence) -> matches(presence.gateway().gym());
    };
  }

  /// Whether a machine's change matches.
  public boolean matches(GymId ofGym, CategoryId ofCategory, MachineId ofMachine) {
    return matches(gym, ofGym) && matches(category, ofCategory) && matches(machine, ofMachine);
  }

  /// Whether the presence of a gym's gateway matches. Presence concerns every machine of the gym,
  /// so only the gym is compared; a subscription to one machine has to name its gym to receive it.
  public boolean matches(GymId ofGym) {
    return gym.isPresent() ? matches(gym, ofGym) : machine.isEmpty();
  }

  /// The index keys under which this connection is found. Each matching update has one of them;
  /// not every update that has one matches.
  public Set<Topic> topics() {
    if (gym.isPresent()) {
      return Set.of(ofMachines(), Topic.presence(gym.get()));
    }
    return machine.isPresent() ? Set.of(ofMachines()) : Set.of(ofMachines(), Topic.ANY_PRESENCE);
  }

  private Topic ofMachines() {
    if (machine.isPresent()) {
      return Topic.machine(machine.get());
    }
    if (gym.isPresent()) {
      return category.map(it -> Topic.category(gym.get(), it)).orElse(Topic.gym(gym.get()));
    }
    return category.map(Topic::category).orElse(Topic.EVERYTHING);
  }

  private static <T> boolean matches(Optional<T> filter, T value) {
    return filter.isEmpty() || filter.get().equals(value);
  }
}
