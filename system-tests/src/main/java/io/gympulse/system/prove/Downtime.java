package io.gympulse.system.prove;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// A period in which a gym's gateway could not reach the cloud, on the processes' clock.
record Downtime(String gym, Cause cause, Instant from, Instant to) {

  enum Cause {
    /// The gateway's process did not run.
    PROCESS_DOWN,
    /// The gateway's link passed no bytes.
    LINK_DOWN
  }

  /// The downtimes of all gateways so far. Thread-safe.
  static final class Log {
    private final InstantSource clock;
    private final List<Downtime> all = new ArrayList<>();

    /// @param clock of the processes
    Log(InstantSource clock) {
      this.clock = clock;
    }

    Instant now() {
      return clock.instant();
    }

    /// Adds a downtime that ends now.
    synchronized void add(String gym, Cause cause, Instant from) {
      all.add(new Downtime(gym, cause, from, clock.instant()));
    }

    synchronized List<Downtime> all() {
      return List.copyOf(all);
    }
  }
}
