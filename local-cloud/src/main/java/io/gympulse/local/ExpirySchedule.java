package io.gympulse.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.cloud.core.event.ExpiryClock;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import io.gympulse.process.ProcessClock;
import java.time.Duration;
import java.time.Instant;

/// Deletes expired rows in short steps and runs of a few steps, so that ingest is not delayed: up
/// to 10,000 rows of a table per second, with a pause of a minute of the cloud's clock when all are
/// deleted. Expiry follows the store's [ExpiryClock], which this class advances, rather than the
/// process's clock, which may run ahead.
final class ExpirySchedule implements AutoCloseable {

  /// Real time between two runs.
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private static final int STEPS = 20;
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SqliteCloudStore store;
  private final ProcessClock clock;
  private final PeriodicTask task;
  private Instant pausedUntil = Instant.MIN;

  private ExpirySchedule(SqliteCloudStore store, ProcessClock clock) {
    this.store = store;
    this.clock = clock;
    this.task = new PeriodicTask("expiry", INTERVAL, this::run);
  }

  /// @param store opened by the same clock
  static ExpirySchedule start(SqliteCloudStore store, ProcessClock clock) {
    return new ExpirySchedule(store, clock);
  }

  private void run() {
    Instant now = store.observeTime(clock.instant()).time();
    if (pausedUntil.isAfter(now.plus(PAUSE))) {
      pausedUntil = now; // An operator set the clock back.
    }
    for (int step = 0; step < STEPS && !now.isBefore(pausedUntil); step++) {
      if (store.expiry().removeSome(now) == 0) {
        pausedUntil = now.plus(PAUSE);
      }
    }
  }

  /// The expiry clock's `time`, by how many seconds it is `heldBack` behind the process's clock, 0
  /// while that is trusted, and the number of untrusted `leaps` of that clock.
  ObjectNode health() {
    ExpiryClock.Status standing = store.expiryClock().status();
    return JSON.createObjectNode()
        .put("time", standing.time().toString())
        .put("heldBackSeconds", standing.heldBack().toSeconds())
        .put("leaps", standing.clockJumps());
  }

  @Override
  public void close() {
    task.close();
  }
}
