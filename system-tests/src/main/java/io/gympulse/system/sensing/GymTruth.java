package io.gympulse.system.sensing;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// What was true of a gym's machines, by the simulator: when each was in use, and when it was
/// moved, from the first effort of a use to the last. Not thread-safe.
public final class GymTruth {
  private final Map<String, Timeline> uses = new HashMap<>();
  private final Map<String, Timeline> movements = new HashMap<>();

  /// @param occupied whether somebody uses the machine from now on
  public void use(String machine, Instant at, boolean occupied) {
    change(uses, machine, at, occupied);
  }

  /// @param moved whether the machine is moved from now on
  public void movement(String machine, Instant at, boolean moved) {
    change(movements, machine, at, moved);
  }

  private static void change(
      Map<String, Timeline> facts, String machine, Instant at, boolean holds) {
    facts.computeIfAbsent(machine, _ -> new Timeline()).change(at, holds ? "occupied" : "free");
  }

  /// By machine.
  Map<String, Timeline> uses() {
    return uses;
  }

  /// By machine; `occupied` while it is moved.
  Map<String, Timeline> movements() {
    return movements;
  }
}
