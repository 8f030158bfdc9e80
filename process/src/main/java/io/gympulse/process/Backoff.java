package io.gympulse.process;

import java.time.Duration;

/// Exponential backoff: delays double up to a limit, and jitter spreads the retries of many
/// clients. Pure: the random number is an argument. Immutable.
///
/// @param first the delay before the first retry, without jitter
/// @param longest what the doubling delays grow up to, without jitter; at least `first`
public record Backoff(Duration first, Duration longest, Jitter jitter) {
  private static final int MAX_DOUBLINGS = 30;

  /// Which part of a doubled delay is random.
  public enum Jitter {
    /// None: each delay is exact.
    NONE(1, 1),
    /// The upper half.
    EQUAL(0.5, 1),
    /// Up to a quarter more, where a delay must not be shortened.
    ADDED(1, 1.25);

    private final double least;
    private final double most;

    Jitter(double least, double most) {
      this.least = least;
      this.most = most;
    }
  }

  public Backoff {
    if (!first.isPositive() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("retry after %s, at longest %s".formatted(first, longest));
    }
  }

  /// The delay before the next retry.
  ///
  /// @param retries how many came before, from 0
  /// @param random in 0 to 1
  public Duration delay(int retries, double random) {
    double doubled = (double) first.toNanos() * Math.pow(2, Math.min(retries, MAX_DOUBLINGS));
    double limited = Math.min(doubled, (double) longest.toNanos());
    double factor = jitter.least + (jitter.most - jitter.least) * random;
    return Duration.ofNanos(Math.round(limited * factor));
  }
}
