package io.gympulse.cloud.aws.dynamo;

import java.time.Duration;

/// Retries, timeouts and circuit breaker of calls.
///
/// @param attempts the most attempts of one call
/// @param firstDelay the longest delay before the second attempt, doubled for each further one. The
///     actual delay is a random part of it (full jitter)
/// @param longestDelay the limit of the doubled delays
/// @param attemptLimit the timeout of one attempt
/// @param failures how many failed calls of the last `window` open the breaker
/// @param openFor how long calls are rejected before one is let through
public record CallPolicy(
    int attempts,
    Duration firstDelay,
    Duration longestDelay,
    Duration attemptLimit,
    int failures,
    int window,
    Duration openFor) {
  public CallPolicy {
    if (attempts < 1 || failures < 1 || window < failures) {
      throw new IllegalArgumentException(
          "attempts %d, failures %d of %d calls".formatted(attempts, failures, window));
    }
    if (!firstDelay.isPositive() || longestDelay.compareTo(firstDelay) < 0) {
      throw new IllegalArgumentException(
          "delays from %s to %s are not valid".formatted(firstDelay, longestDelay));
    }
    if (!attemptLimit.isPositive() || !openFor.isPositive()) {
      throw new IllegalArgumentException(
          "an attempt limit of %s, a breaker open for %s".formatted(attemptLimit, openFor));
    }
  }

  /// For a function with a timeout of seconds.
  public static CallPolicy standard() {
    return new CallPolicy(
        5,
        Duration.ofMillis(50),
        Duration.ofSeconds(2),
        Duration.ofSeconds(3),
        5,
        10,
        Duration.ofSeconds(10));
  }
}
