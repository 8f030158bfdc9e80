package io.gympulse.system.prove;

import java.time.Duration;
import java.time.Instant;

/// A stretch of time in which two gateways ran from copies of one card, by the true clock: from
/// when the original was first disturbed for it until the other had ended.
record Cloning(String gym, Instant from, Instant to) {
  /// For how long after it the marks of being alive may be older than what the other told.
  private static final Duration MARKS = Duration.ofMinutes(10);

  /// Whether an absence of the original cannot be judged, as the other gateway was there instead.
  boolean hides(Absence absence) {
    return absence.gym().equals(gym)
        && absence.from().isBefore(to.plus(MARKS))
        && absence.to().isAfter(from);
  }
}
