package io.gympulse.cloud.aws.dynamo;

import java.time.Duration;

/// How patient calls are, and when they are not tried for a while.
///
/// @param attempts how often one call is tried at most
/// @param firstDelay the most that is waited before the second attempt; doubled for each further
///     one, and a random part of it is what is really waited
/// @param longestDelay what is waited at most
/// @param attemptLimit how long one attempt may take
/// @param failures how many failed calls of the last `window` open the breaker
/// @param openFor how long calls are refused before one is let through to see
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
          "delays from %s to %s are none".formatted(firstDelay, longestDelay));
    }
    if (!attemptLimit.isPositive() || !openFor.isPositive()) {
      throw new IllegalArgumentException(
          "attempts of %s, a breaker open for %s".formatted(attemptLimit, openFor));
    }
  }

  /// For a function that has seconds, not minutes.
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
