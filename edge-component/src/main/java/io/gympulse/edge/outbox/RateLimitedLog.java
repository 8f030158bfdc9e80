package io.gympulse.edge.outbox;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/// Counts failures of one kind and limits their log lines: one at the first failure, then one a
/// minute at most, however long the failures last. For one thread.
final class RateLimitedLog {
  private static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

  private Optional<Long> loggedAt = Optional.empty();
  private long unlogged;

  /// Counts one more.
  ///
  /// @param nanos monotonic time
  /// @return how many there were since the last line, this one included, if a line is due
  OptionalLong count(long nanos) {
    unlogged++;
    if (loggedAt.filter(it -> nanos - it < INTERVAL_NANOS).isPresent()) {
      return OptionalLong.empty();
    }
    OptionalLong due = OptionalLong.of(unlogged);
    loggedAt = Optional.of(nanos);
    unlogged = 0;
    return due;
  }
}
