package io.gympulse.cloud.api.store;

import io.gympulse.cloud.core.alert.Alert;
import io.gympulse.cloud.core.alert.AlertCursor;
import io.gympulse.cloud.core.alert.AlertId;
import io.gympulse.cloud.core.alert.Alerts;
import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.cloud.sqlite.SqliteAlerts;
import io.gympulse.contract.id.MachineId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The alerts in the cloud's database, opened at the first call that finds the file. Until then
/// every call throws [io.gympulse.cloud.core.store.StoreUnavailableException]. Thread-safe.
public final class LazyAlerts implements Alerts, AutoCloseable {
  private final LazyFile<SqliteAlerts> opened;

  public LazyAlerts(Path file) {
    this.opened = new LazyFile<>(file, SqliteAlerts::open, SqliteAlerts::close);
  }

  @Override
  public void create(Alert alert) {
    alerts().create(alert);
  }

  @Override
  public Optional<Alert> find(UserId user, AlertId id) {
    return alerts().find(user, id);
  }

  @Override
  public Page<Alert, AlertCursor> ofUser(UserId user, Optional<AlertCursor> after, int size) {
    return alerts().ofUser(user, after, size);
  }

  @Override
  public int countActive(UserId user, int most) {
    return alerts().countActive(user, most);
  }

  @Override
  public Page<Alert, AlertId> watching(MachineId machine, Optional<AlertId> after, int size) {
    return alerts().watching(machine, after, size);
  }

  @Override
  public int countWatching(MachineId machine, int most) {
    return alerts().countWatching(machine, most);
  }

  @Override
  public List<Alert> due(Instant now, int limit) {
    return alerts().due(now, limit);
  }

  @Override
  public boolean replace(Alert expected, Alert next) {
    return alerts().replace(expected, next);
  }

  private SqliteAlerts alerts() {
    return opened.get();
  }

  @Override
  public void close() {
    opened.close();
  }
}
