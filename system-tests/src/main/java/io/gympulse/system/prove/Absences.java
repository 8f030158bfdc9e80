package io.gympulse.system.prove;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The absences of all gateways, noted while they happen. Thread-safe.
final class Absences {
  private final InstantSource clock;
  private final List<Absence> all = new ArrayList<>();

  /// @param clock the one that the processes run by
  Absences(InstantSource clock) {
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  /// Notes one that ends now.
  synchronized void ended(String gym, Absence.Cause cause, Instant from) {
    all.add(new Absence(gym, cause, from, clock.instant()));
  }

  synchronized List<Absence> all() {
    return List.copyOf(all);
  }
}
