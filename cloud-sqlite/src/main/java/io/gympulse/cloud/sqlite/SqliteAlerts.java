package io.gympulse.cloud.sqlite;

import io.gympulse.cloud.core.alert.Alert;
import io.gympulse.cloud.core.alert.AlertCodec;
import io.gympulse.cloud.core.alert.AlertCursor;
import io.gympulse.cloud.core.alert.AlertId;
import io.gympulse.cloud.core.alert.AlertProgress.AlertStatus;
import io.gympulse.cloud.core.alert.Alerts;
import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.contract.id.MachineId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Alerts in the table `alert`: the whole as JSON, beside it what it is looked up by.
final class SqliteAlerts implements Alerts {
  private final Database database;

  SqliteAlerts(Database database) {
    this.database = database;
  }

  @Override
  public void create(Alert alert) {
    database.update(
        """
        INSERT INTO alert (user, id, machine, created, active, due, ended, version, content)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
        alert.user().value(),
        alert.id().toString(),
        alert.machine().value(),
        alert.createdAt().toEpochMilli(),
        active(alert),
        due(alert),
        ended(alert),
        alert.version(),
        AlertCodec.encode(alert));
  }

  @Override
  public Optional<Alert> find(UserId user, AlertId id) {
    return database
        .query(
            "SELECT content FROM alert WHERE user = ? AND id = ?",
            SqliteAlerts::alert,
            user.value(),
            id.toString())
        .stream()
        .findFirst();
  }

  @Override
  public Page<Alert, AlertCursor> ofUser(UserId user, Optional<AlertCursor> after, int size) {
    List<Alert> found =
        database.query(
            """
            SELECT content FROM alert WHERE user = ? AND (active, created, id) < (?, ?, ?)
            ORDER BY active DESC, created DESC, id DESC LIMIT ?""",
            SqliteAlerts::alert,
            user.value(),
            after.map(it -> it.active() ? 1 : 0).orElse(2),
            after.map(it -> it.createdAt().toEpochMilli()).orElse(0L),
            after.map(it -> it.id().toString()).orElse(""),
            Page.requireSize(size) + 1);
    return Page.cut(found, size, AlertCursor::of);
  }

  @Override
  public int countActive(UserId user, int most) {
    return database
        .query(
            """
            SELECT COUNT(*) FROM (SELECT 1 FROM alert WHERE user = ? AND active = 1 LIMIT ?)""",
            row -> row.getInt(1),
            user.value(),
            most)
        .getFirst();
  }

  @Override
  public Page<Alert, AlertId> watching(MachineId machine, Optional<AlertId> after, int size) {
    List<Alert> found =
        database.query(
            """
            SELECT content FROM alert WHERE machine = ? AND active = 1 AND id > ?
            ORDER BY id LIMIT ?""",
            SqliteAlerts::alert,
            machine.value(),
            after.map(AlertId::toString).orElse(""),
            Page.requireSize(size) + 1);
    return Page.cut(found, size, Alert::id);
  }

  @Override
  public int countWatching(MachineId machine, int most) {
    return database
        .query(
            """
            SELECT COUNT(*) FROM (SELECT 1 FROM alert WHERE machine = ? AND active = 1 LIMIT ?)""",
            row -> row.getInt(1),
            machine.value(),
            most)
        .getFirst();
  }

  @Override
  public List<Alert> due(Instant now, int limit) {
    return database.query(
        "SELECT content FROM alert WHERE due <= ? ORDER BY due LIMIT ?",
        SqliteAlerts::alert,
        now.toEpochMilli(),
        limit);
  }

  @Override
  public boolean replace(Alert expected, Alert next) {
    return database.update(
            """
            UPDATE alert SET active = ?, due = ?, ended = ?, version = ?, content = ?
            WHERE user = ? AND id = ? AND version = ?""",
            active(next),
            due(next),
            ended(next),
            next.version(),
            AlertCodec.encode(next),
            expected.user().value(),
            expected.id().toString(),
            expected.version())
        == 1;
  }

  @Override
  public void together(Runnable writes) {
    database.transaction(writes);
  }

  private static int active(Alert alert) {
    return alert.status() == AlertStatus.ACTIVE ? 1 : 0;
  }

  private static @Nullable Long due(Alert alert) {
    return alert.due().map(Instant::toEpochMilli).orElse(null);
  }

  private static @Nullable Long ended(Alert alert) {
    return alert.endedAt().map(Instant::toEpochMilli).orElse(null);
  }

  private static Alert alert(ResultSet row) throws SQLException {
    try {
      return AlertCodec.decode(row.getString("content"));
    } catch (IllegalArgumentException e) {
      throw new StoreUnavailableException("the store holds a damaged alert", e);
    }
  }
}
