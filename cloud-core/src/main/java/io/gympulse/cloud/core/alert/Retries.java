package io.gympulse.cloud.core.alert;

import java.time.Duration;

/// When a delivery is tried again: exponential backoff with jitter over its upper half.
public final class Retries {
  /// How long an attempt may take before another one is begun in its place. Channels give up far
  /// earlier.
  public static final Duration LEASE = Duration.ofMinutes(1);

  /// Attempts after which a delivery is given up: about half an hour after the first.
  public static final int MOST_ATTEMPTS = 12;

  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration LONGEST_WISH = Duration.ofHours(1);

  private Retries() {}

  /// How long to wait after the `attempts`-th attempt, and no less than the place wishes, up to an
  /// hour.
  ///
  /// @param random in `[0, 1)`
  static Duration pause(int attempts, double random, Duration wish) {
    Duration granted = wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish;
    Duration own = pause(attempts, random);
    return own.compareTo(granted) < 0 ? granted : own;
  }

  /// How long to wait after the `attempts`-th attempt.
  ///
  /// @param random in `[0, 1)`
  static Duration pause(int attempts, double random) {
    long full = FIRST.toMillis() << Math.min(Math.max(attempts, 1) - 1, 20);
    long capped = Math.min(full, LONGEST.toMillis());
    return Duration.ofMillis(Math.round(capped * (0.5 + random / 2)));
  }
}
