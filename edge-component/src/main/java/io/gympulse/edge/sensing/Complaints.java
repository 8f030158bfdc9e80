package io.gympulse.edge.sensing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Counts what is wrong with incoming data and says when it is worth a line in the log again. Safe
/// for several threads.
public final class Complaints {
  private final InstantSource clock;
  private final Duration quietFor;
  private Instant nextAt = Instant.MIN;
  private long count;

  /// @param quietFor how long to stay quiet after a line
  public Complaints(InstantSource clock, Duration quietFor) {
    this.clock = clock;
    this.quietFor = quietFor;
  }

  /// Counts one more.
  ///
  /// @return whether to log it
  public synchronized boolean add() {
    count++;
    Instant now = clock.instant();
    if (now.isBefore(nextAt)) {
      return false;
    }
    nextAt = now.plus(quietFor);
    return true;
  }

  public synchronized long count() {
    return count;
  }
}
