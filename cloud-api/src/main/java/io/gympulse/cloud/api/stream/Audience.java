package io.gympulse.cloud.api.stream;

import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.Optional;

/// What one connection asked to hear: every filter given must match, and none given means all.
/// Pure, so that any way of delivery (this process's sockets, a dispatcher elsewhere) decides
/// alike.
public record Audience(
    Optional<GymId> gym, Optional<CategoryId> category, Optional<MachineId> machine) {
  public static final Audience EVERYONE =
      new Audience(Optional.empty(), Optional.empty(), Optional.empty());

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

  private static <T> boolean matches(Optional<T> filter, T about) {
    return filter.isEmpty() || filter.get().equals(about);
  }
}
