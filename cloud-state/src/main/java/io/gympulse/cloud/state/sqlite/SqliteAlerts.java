package io.gympulse.cloud.state.sqlite;

import io.gympulse.cloud.state.alert.Alert;
import io.gympulse.cloud.state.alert.AlertCodec;
import io.gympulse.cloud.state.alert.AlertId;
import io.gympulse.cloud.state.alert.AlertStatus;
import io.gympulse.cloud.state.alert.Alerts;
import io.gympulse.cloud.state.alert.UserId;
import io.gympulse.cloud.state.store.StoreUnavailableException;
import io.gympulse.contract.id.MachineId;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Alerts in the table `alert`: the whole as JSON, beside it what it is looked up by.
public final class SqliteAlerts implements Alerts, AutoCloseable {
  private final Database database;

  SqliteAlerts(Database database) {
    this.database = database;
  }

  /// Opens the file to write alerts beside the process that writes all else in it. Each write is a
  /// transaction of its own, on the disk when it returns; it waits up to five seconds for others.
  ///
  /// @throws StoreUnavailableException if the file does not exist yet or holds no schema that this
  ///     program knows; try again later
  public static SqliteAlerts open(Path file) {
    return new SqliteAlerts(DatabaseFile.openBeside(file));
  }

  @Override
  public void create(Alert alert) {
    database.update(
        """
        INSERT INTO alert (user, id, machine, created, active, due, version, content)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
        alert.user().value(),
        alert.id().toString(),
        alert.machine().value(),
        alert.createdAt().toEpochMilli(),
        active(alert),
        due(alert),
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
  public List<Alert> ofUser(UserId user) {
    return database.query(
        "SELECT content FROM alert WHERE user = ? ORDER BY created DESC, id",
        SqliteAlerts::alert,
        user.value());
  }

  @Override
  public List<Alert> watching(MachineId machine) {
    return database.query(
        "SELECT content FROM alert WHERE machine = ? AND active = 1 ORDER BY id",
        SqliteAlerts::alert,
        machine.value());
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
            UPDATE alert SET active = ?, due = ?, version = ?, content = ?
            WHERE user = ? AND id = ? AND version = ?""",
            active(next),
            due(next),
            next.version(),
            AlertCodec.encode(next),
            expected.user().value(),
            expected.id().toString(),
            expected.version())
        == 1;
  }

  private static int active(Alert alert) {
    return alert.status() == AlertStatus.ACTIVE ? 1 : 0;
  }

  private static @Nullable Long due(Alert alert) {
    return alert.due().map(Instant::toEpochMilli).orElse(null);
  }

  private static Alert alert(ResultSet row) throws SQLException {
    try {
      return AlertCodec.decode(row.getString("content"));
    } catch (IllegalArgumentException e) {
      throw new StoreUnavailableException("the store holds a damaged alert", e);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
