package io.gympulse.system.prove;

import java.time.Duration;
import java.time.Instant;

/// A stretch of time in which a second gateway ran from a copy of a card, by the true clock.
record Cloning(String gym, Instant from, Instant to) {
  /// For how long after it the original's marks of being alive may be older than what the other
  /// told.
  private static final Duration MARKS = Duration.ofMinutes(10);

  /// Whether the other gateway was there while the original was absent, and so to be seen.
  boolean covers(Absence absence) {
    return overlaps(absence, to);
  }

  /// Whether what the other told may lie within the gap that the absence left.
  boolean blurs(Absence absence) {
    return overlaps(absence, to.plus(MARKS));
  }

  private boolean overlaps(Absence absence, Instant end) {
    return absence.gym().equals(gym) && absence.from().isBefore(end) && absence.to().isAfter(from);
  }
}
