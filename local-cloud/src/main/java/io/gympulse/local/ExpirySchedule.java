package io.gympulse.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.cloud.core.event.ExpiryClock;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import io.gympulse.process.ProcessClock;
import java.time.Duration;
import java.time.Instant;

/// Removes what has expired, in steps that are short and in runs that are few steps, so that ingest
/// gets in between: up to 10,000 rows of a table a second, and nothing for a minute of the cloud's
/// clock once all is removed. What expires follows the store's [ExpiryClock], which is kept going
/// here, and not the process's clock if that runs ahead.
final class ExpirySchedule implements AutoCloseable {

  /// Real time between two runs.
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final int STEPS = 20;
  private static final Duration REST = Duration.ofMinutes(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SqliteCloudStore store;
  private final ProcessClock clock;
  private final Repeating repeating;
  private Instant restsUntil = Instant.MIN;

  private ExpirySchedule(SqliteCloudStore store, ProcessClock clock) {
    this.store = store;
    this.clock = clock;
    this.repeating = new Repeating("expiry", PAUSE, this::run);
  }

  /// @param store opened by the same clock
  static ExpirySchedule start(SqliteCloudStore store, ProcessClock clock) {
    return new ExpirySchedule(store, clock);
  }

  private void run() {
    Instant now = store.observeTime(clock.instant()).time();
    if (restsUntil.isAfter(now.plus(REST))) {
      restsUntil = now; // Set back by an operator.
    }
    for (int step = 0; step < STEPS && !now.isBefore(restsUntil); step++) {
      if (store.expiry().removeSome(now) == 0) {
        restsUntil = now.plus(REST);
      }
    }
  }

  /// By which `time` things expire, by how many seconds that is `heldBack` behind the process's
  /// clock, which is 0 while the clock is trusted, and how many `leaps` it made that were not.
  ObjectNode health() {
    ExpiryClock.Standing standing = store.expiryClock().standing();
    return JSON.createObjectNode()
        .put("time", standing.time().toString())
        .put("heldBackSeconds", standing.heldBack().toSeconds())
        .put("leaps", standing.leaps());
  }

  @Override
  public void close() {
    repeating.close();
  }
}
