package io.gympulse.edge.sync;

import java.time.Duration;

/// Exponential backoff with jitter: delays double up to a limit, and each is lengthened by up to a
/// quarter, so that the retries of many gateways spread. Pure: randomness comes in as a number.
///
/// @param first the delay before the first retry
/// @param longest what the doubling delays grow up to, without jitter
record Backoff(Duration first, Duration longest) {
  private static final int MAX_DOUBLINGS = 30;
  private static final double JITTER = 0.25;

  Backoff {
    if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("retry after %s, at longest %s".formatted(first, longest));
    }
  }

  /// @param attempts how many attempts came before the one to be waited for
  /// @param random in 0 to 1
  long delayNanos(int attempts, double random) {
    double doubled = (double) first.toNanos() * Math.pow(2, Math.min(attempts, MAX_DOUBLINGS));
    return Math.round(Math.min(doubled, (double) longest.toNanos()) * (1 + JITTER * random));
  }
}
