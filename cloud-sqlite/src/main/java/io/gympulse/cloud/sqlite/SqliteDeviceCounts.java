package io.gympulse.cloud.sqlite;

import io.gympulse.cloud.core.device.DeviceCounts;
import io.gympulse.cloud.core.device.DeviceCounts.DeviceCount;
import io.gympulse.cloud.core.device.DeviceCounts.DeviceItem;
import io.gympulse.cloud.core.device.DeviceKind;
import io.gympulse.cloud.core.event.Retention;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Counts in the table `device_count`, ids of counted items in `device_item`.
final class SqliteDeviceCounts implements DeviceCounts {
  private final Database database;
  private final Retention retention;

  SqliteDeviceCounts(Database database, Retention retention) {
    this.database = database;
    this.retention = retention;
  }

  @Override
  public boolean addOnce(DeviceItem item, Instant now) {
    boolean[] added = new boolean[1];
    database.transaction(
        () -> {
          added[0] = remember(item, retention.expiryTime(now));
          if (added[0]) {
            add(item);
          }
        });
    return added[0];
  }

  /// In one transaction: all or nothing.
  @Override
  public List<Boolean> addEachOnce(List<DeviceItem> items, Instant now) {
    List<Boolean> added = new ArrayList<>();
    database.transaction(() -> items.forEach(it -> added.add(addOnce(it, now))));
    return List.copyOf(added);
  }

  private boolean remember(DeviceItem item, Instant now) {
    database.update(
        "DELETE FROM device_item WHERE item = ? AND remembered_until <= ?",
        item.id().toString(),
        now.toEpochMilli());
    int rows =
        database.update(
            """
            INSERT INTO device_item (item, remembered_until) VALUES (?, ?)
            ON CONFLICT DO NOTHING""",
            item.id().toString(),
            now.plus(REMEMBERED).toEpochMilli());
    return rows == 1;
  }

  private void add(DeviceItem item) {
    database.update(
        """
        INSERT INTO device_count (date, type, state, count) VALUES (?, ?, ?, 1)
        ON CONFLICT DO UPDATE SET count = count + 1""",
        item.date().toString(),
        item.kind().type(),
        item.kind().state());
  }

  /// Sorted here, since the database orders text by its bytes.
  @Override
  public List<DeviceCount> of(LocalDate date) {
    return database
        .query(
            "SELECT type, state, count FROM device_count WHERE date = ?",
            row ->
                new DeviceCount(
                    date,
                    new DeviceKind(row.getString("type"), row.getString("state")),
                    row.getLong("count")),
            date.toString())
        .stream()
        .sorted(Comparator.comparing(DeviceCount::kind))
        .toList();
  }
}
