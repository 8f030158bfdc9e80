package io.gympulse.sim.day;

import java.time.Instant;

/// A span in which a machine really moves: one set, or a whole ride.
public record Effort(Instant from, Instant to) {
  public Effort {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("an effort must end after it begins: " + from + ", " + to);
    }
  }
}
