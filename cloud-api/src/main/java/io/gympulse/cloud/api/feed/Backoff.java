package io.gympulse.cloud.api.feed;

import java.time.Duration;

/// Capped exponential backoff with full jitter in its upper half. Pure: chance comes in as a
/// number.
///
/// @param first the ceiling of the first wait
/// @param longest no ceiling is above it
public record Backoff(Duration first, Duration longest) {

  /// @param failures in a row so far, from 1
  /// @param chance in [0, 1)
  public Duration after(int failures, double chance) {
    int doublings = Math.min(failures - 1, 30);
    long ceiling = Math.min(longest.toMillis(), first.toMillis() << doublings);
    return Duration.ofMillis(Math.round(ceiling * (0.5 + chance / 2)));
  }
}
