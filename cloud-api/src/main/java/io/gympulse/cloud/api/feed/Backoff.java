package io.gympulse.cloud.api.feed;

import java.time.Duration;

/// Capped exponential backoff; the upper half of each delay is jitter. Pure: the random number is
/// an argument.
///
/// @param initial the longest delay after the first failure; doubles with each further one
/// @param max the longest delay of all
public record Backoff(Duration initial, Duration max) {

  /// @param failures consecutive failures, from 1
  /// @param random in [0, 1)
  public Duration delay(int failures, double random) {
    int doublings = Math.min(failures - 1, 30);
    long ceiling = Math.min(max.toMillis(), initial.toMillis() << doublings);
    return Duration.ofMillis(Math.round(ceiling * (0.5 + random / 2)));
  }
}
