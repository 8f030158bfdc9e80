package io.gympulse.system.prove;

import java.time.Instant;

/// A stretch of time in which a gym's gateway could not reach the cloud, by the true clock.
record Absence(String gym, Cause cause, Instant from, Instant to) {

  enum Cause {
    /// Its process did not run.
    DEAD,
    /// Its link carried nothing.
    CUT
  }
}
