package io.gympulse.edge.time;

import java.time.Instant;

/// The machine's wall clock, which may be wrong and may jump. Safe for any number of threads.
public interface WallClock {

  Reading read();

  /// @param synchronised whether the clock was set by a time server and is kept right by it; if
  ///     not, `at` may be anything
  record Reading(Instant at, boolean synchronised) {}
}
