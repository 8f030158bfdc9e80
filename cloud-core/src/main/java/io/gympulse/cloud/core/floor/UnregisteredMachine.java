package io.gympulse.cloud.core.floor;

import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.Comparator;

/// A machine that was spoken of and stands on no floor plan.
///
/// @param mentions how often it was spoken of; messages that are judged together count once
public record UnregisteredMachine(
    GymId gym, MachineId machine, Instant firstSeen, Instant lastSeen, long mentions) {

  /// Names one among all.
  public record Key(GymId gym, MachineId machine) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::gym).thenComparing(Key::machine);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  public Key key() {
    return new Key(gym, machine);
  }
}
