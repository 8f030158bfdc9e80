package io.gympulse.cloud.sqlite;

import io.gympulse.cloud.core.aggregate.Aggregates;
import io.gympulse.cloud.core.aggregate.BinCodec;
import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.CategoryBin.BinKey;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.event.Retention;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Aggregates in the table `aggregate`.
final class SqliteAggregates implements Aggregates {
  private final Database database;
  private final Retention retention;

  SqliteAggregates(Database database, Retention retention) {
    this.database = database;
    this.retention = retention;
  }

  @Override
  public Optional<CategoryBin> find(BinKey key, Instant now) {
    Instant at = retention.expiryTime(now);
    return kept(key).filter(it -> it.expiresAt().isAfter(at));
  }

  private Optional<CategoryBin> kept(BinKey key) {
    return database
        .query(
            "SELECT * FROM aggregate WHERE gym = ? AND category = ? AND starts = ?",
            SqliteAggregates::bin,
            key.gym().value(),
            key.category().value(),
            key.window().start().toEpochMilli())
        .stream()
        .findFirst();
  }

  @Override
  public List<CategoryBin> range(
      GymId gym, CategoryId category, Instant from, Instant to, Instant now) {
    return range(database, gym, category, from, to, retention.expiryTime(now));
  }

  static List<CategoryBin> range(
      Database database, GymId gym, CategoryId category, Instant from, Instant to, Instant now) {
    return database.query(
        """
        SELECT * FROM aggregate
        WHERE gym = ? AND category = ? AND starts >= ? AND starts < ? AND starts > ?
        ORDER BY starts""",
        SqliteAggregates::bin,
        gym.value(),
        category.value(),
        from.toEpochMilli(),
        to.toEpochMilli(),
        lastExpired(now));
  }

  @Override
  public boolean replace(Optional<CategoryBin> expected, CategoryBin next) {
    boolean[] same = new boolean[1];
    database.transaction(
        () -> {
          same[0] = kept(next.key()).equals(expected);
          if (same[0]) {
            put(next);
          }
        });
    return same[0];
  }

  private void put(CategoryBin bin) {
    database.update(
        "INSERT OR REPLACE INTO aggregate (gym, category, starts, machines) VALUES (?, ?, ?, ?)",
        bin.key().gym().value(),
        bin.key().category().value(),
        bin.key().window().start().toEpochMilli(),
        BinCodec.encode(bin.machines()));
  }

  /// The beginning of the latest window that has expired by now.
  private static long lastExpired(Instant now) {
    return now.minus(CategoryBin.KEPT).minus(Window.LENGTH).toEpochMilli();
  }

  private static CategoryBin bin(ResultSet row) throws SQLException {
    BinKey key =
        new BinKey(
            new GymId(row.getString("gym")),
            new CategoryId(row.getString("category")),
            new Window(Instant.ofEpochMilli(row.getLong("starts"))));
    try {
      return new CategoryBin(key, BinCodec.decode(row.getBytes("machines")));
    } catch (IllegalArgumentException e) {
      throw new SQLException("%s: %s".formatted(key, e.getMessage()), e);
    }
  }
}
