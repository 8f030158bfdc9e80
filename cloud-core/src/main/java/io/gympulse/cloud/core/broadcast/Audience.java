package io.gympulse.cloud.core.broadcast;

import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.Optional;
import java.util.Set;

/// What one connection asked to hear: every filter given must match, and none given means all.
public record Audience(
    Optional<GymId> gym, Optional<CategoryId> category, Optional<MachineId> machine) {
  public static final Audience EVERYONE =
      new Audience(Optional.empty(), Optional.empty(), Optional.empty());

  public boolean hears(FeedUpdate update) {
    return switch (update) {
      case FeedUpdate.MachineChanged(_, var state) ->
          hears(state.gym(), state.category(), state.machine());
      case FeedUpdate.PresenceChanged(_, var presence) -> hears(presence.gateway().gym());
    };
  }

  /// Whether this connection hears about a machine's change.
  public boolean hears(GymId aboutGym, CategoryId aboutCategory, MachineId aboutMachine) {
    return matches(gym, aboutGym)
        && matches(category, aboutCategory)
        && matches(machine, aboutMachine);
  }

  /// Whether this connection hears about the presence of a gym's gateway. Presence concerns every
  /// machine of the gym, so the gym decides; who follows one machine alone names the gym as well.
  public boolean hears(GymId aboutGym) {
    return gym.isPresent() ? matches(gym, aboutGym) : machine.isEmpty();
  }

  /// Under what this connection is found. Whatever it hears is told on one of these topics; not
  /// everything told on them is heard.
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

  private static <T> boolean matches(Optional<T> filter, T about) {
    return filter.isEmpty() || filter.get().equals(about);
  }
}
