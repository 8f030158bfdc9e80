package io.gympulse.cloud.sqlite;

import io.gympulse.cloud.core.device.MetricPoint;
import io.gympulse.cloud.core.device.MetricPoint.DeviceId;
import io.gympulse.cloud.core.device.MetricPoint.MetricName;
import io.gympulse.cloud.core.device.MetricPoints;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Points in the table `metric_point`.
public final class SqliteMetricPoints implements MetricPoints {
  private final Database database;

  SqliteMetricPoints(Database database) {
    this.database = database;
  }

  @Override
  public List<NotStored> put(List<MetricPoint> points) {
    database.transaction(() -> insert(points));
    return List.of();
  }

  private void insert(List<MetricPoint> points) {
    database.each(
        """
        INSERT OR REPLACE INTO metric_point (device, metric, at, value, unit, metadata)
        VALUES (?, ?, ?, ?, ?, ?)""",
        points,
        (insert, point) -> {
          insert.setString(1, point.device().value());
          insert.setString(2, point.metric().value());
          insert.setLong(3, point.at().toEpochMilli());
          insert.setDouble(4, point.value());
          insert.setString(5, point.unit().orElse(null));
          insert.setString(6, point.metadata());
        });
  }

  @Override
  public List<MetricPoint> range(
      DeviceId device, MetricName metric, Instant from, Instant to, int most) {
    return database.query(
        """
        SELECT at, value, unit, metadata FROM metric_point
        WHERE device = ? AND metric = ? AND at >= ? AND at < ? ORDER BY at LIMIT ?""",
        row -> point(device, metric, row),
        device.value(),
        metric.value(),
        from.toEpochMilli(),
        to.toEpochMilli(),
        most);
  }

  private static MetricPoint point(DeviceId device, MetricName metric, ResultSet row)
      throws SQLException {
    return new MetricPoint(
        device,
        metric,
        Instant.ofEpochMilli(row.getLong("at")),
        row.getDouble("value"),
        Optional.ofNullable(row.getString("unit")),
        row.getString("metadata"));
  }
}
