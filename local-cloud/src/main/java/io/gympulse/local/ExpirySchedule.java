package io.gympulse.local;

import io.gympulse.cloud.state.sqlite.SqliteExpiry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Removes what has expired, in steps that are short and in runs that are few steps, so that ingest
/// gets in between: up to 10,000 rows of a table a second, and nothing for a minute of the cloud's
/// clock once all is removed.
final class ExpirySchedule implements AutoCloseable {

  /// Real time between two runs.
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final int STEPS = 20;
  private static final Duration REST = Duration.ofMinutes(1);

  private final SqliteExpiry expiry;
  private final InstantSource clock;
  private final Repeating repeating;
  private Instant restsUntil = Instant.MIN;

  private ExpirySchedule(SqliteExpiry expiry, InstantSource clock) {
    this.expiry = expiry;
    this.clock = clock;
    this.repeating = new Repeating("expiry", PAUSE, this::run);
  }

  static ExpirySchedule start(SqliteExpiry expiry, InstantSource clock) {
    return new ExpirySchedule(expiry, clock);
  }

  private void run() {
    Instant now = clock.instant();
    for (int step = 0; step < STEPS && !now.isBefore(restsUntil); step++) {
      if (expiry.removeSome(now) == 0) {
        restsUntil = now.plus(REST);
      }
    }
  }

  @Override
  public void close() {
    repeating.close();
  }
}
