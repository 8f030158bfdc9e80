package io.gympulse.cloud.sqlite;

import io.gympulse.cloud.core.event.ExpiryClock;
import io.gympulse.cloud.core.event.ExpiryTime;
import io.gympulse.process.ProcessClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The confirmed time, in the table `expiry_time`.
final class SqliteExpiryTime {
  /// The write interval: how much of it may be lost with the process.
  private static final Duration KEPT_EACH = Duration.ofSeconds(30);

  private final Database database;
  private Instant kept;

  private SqliteExpiryTime(Database database, Instant kept) {
    this.database = database;
    this.kept = kept;
  }

  /// A file without a confirmed time takes it from the gateways in it; a new file, which has no
  /// content to lose, from the clock.
  static ExpiryClock clock(Database database, ProcessClock clock) {
    Instant wall = clock.instant();
    Instant known = read(database).or(() -> lastContact(database, wall)).orElse(wall);
    SqliteExpiryTime time = new SqliteExpiryTime(database, known);
    time.write(known);
    return new ExpiryClock(clock, new ExpiryTime(known), time::keep);
  }

  static Optional<Instant> read(Database database) {
    return database
        .query("SELECT known FROM expiry_time", row -> Instant.ofEpochMilli(row.getLong(1)))
        .stream()
        .findFirst();
  }

  /// The time of the latest message of a gateway that is not after `wall`.
  static Optional<Instant> lastContact(Database database, Instant wall) {
    return database
        .query(
            "SELECT MAX(last_heard) FROM gateway WHERE last_heard <= ? HAVING COUNT(*) > 0",
            row -> Instant.ofEpochMilli(row.getLong(1)),
            wall.toEpochMilli())
        .stream()
        .findFirst();
  }

  private void keep(ExpiryTime time) {
    if (Duration.between(kept, time.known()).abs().compareTo(KEPT_EACH) >= 0) {
      write(time.known());
    }
  }

  private void write(Instant known) {
    database.update(
        "INSERT OR REPLACE INTO expiry_time (one, known) VALUES (1, ?)", known.toEpochMilli());
    kept = known;
  }
}
