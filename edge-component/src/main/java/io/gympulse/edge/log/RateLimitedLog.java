package io.gympulse.edge.log;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.slf4j.Logger;

/// Counts occurrences of one kind and logs at most one of them per interval, with the number since
/// the start. Safe for any number of threads.
public final class RateLimitedLog {
  /// The interval between two lines.
  public static final Duration INTERVAL = Duration.ofSeconds(10);

  private final Logger log;
  private final InstantSource clock;
  private Instant nextAt = Instant.MIN;
  private long count;

  /// @param clock must not run backwards
  public RateLimitedLog(Logger log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  /// @param message evaluated only if the line is logged
  public void warn(Supplier<String> message) {
    long total = countIfDue();
    if (total > 0) {
      log.warn("{}; occurrences so far: {}", message.get(), total);
    }
  }

  /// @param message evaluated only if the line is logged
  public void error(Supplier<String> message, Throwable cause) {
    long total = countIfDue();
    if (total > 0) {
      log.error("{}; occurrences so far: {}", message.get(), total, cause);
    }
  }

  /// @return the number of occurrences including this one if a line is due, else 0
  private synchronized long countIfDue() {
    count++;
    Instant now = clock.instant();
    if (now.isBefore(nextAt)) {
      return 0;
    }
    nextAt = now.plus(INTERVAL);
    return count;
  }
}
