package io.gympulse.cloud.state.sqlite;

import io.gympulse.cloud.state.event.Retention;
import io.gympulse.cloud.state.metric.MetricPoints;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Removes what has expired, which readers leave out whether or not it is removed: events and
/// machines' own reports, measurements, and what is remembered of counted items. The space is used
/// again by what comes; the file does not shrink. Safe for any number of threads.
public final class SqliteExpiry {
  /// How many rows of a table are removed in one transaction.
  public static final int PORTION = 500;

  /// @param sql removes at most `?2` rows of before `?1`, entering an index at each machine's or
  ///     device's beginning instead of reading the table
  /// @param kept how long rows are kept, from the time in them
  record Removal(String sql, Duration kept) {}

  static final List<Removal> REMOVALS =
      List.of(
          new Removal(
              """
              WITH RECURSIVE machines (machine) AS (
                SELECT MIN(machine) FROM event
                UNION ALL
                SELECT (SELECT MIN(next.machine) FROM event next
                        WHERE next.machine > machines.machine)
                FROM machines WHERE machines.machine IS NOT NULL)
              DELETE FROM event WHERE (outbox, seq) IN (
                SELECT old.outbox, old.seq
                FROM machines CROSS JOIN event old ON old.machine = machines.machine
                WHERE old.at < ?1 LIMIT ?2)""",
              Retention.EVENTS),
          new Removal(
              """
              WITH RECURSIVE machines (machine) AS (
                SELECT MIN(machine) FROM status_report
                UNION ALL
                SELECT (SELECT MIN(next.machine) FROM status_report next
                        WHERE next.machine > machines.machine)
                FROM machines WHERE machines.machine IS NOT NULL)
              DELETE FROM status_report WHERE (machine, at, status) IN (
                SELECT old.machine, old.at, old.status
                FROM machines CROSS JOIN status_report old ON old.machine = machines.machine
                WHERE old.at < ?1 LIMIT ?2)""",
              Retention.EVENTS),
          new Removal(
              """
              WITH RECURSIVE devices (device) AS (
                SELECT MIN(device) FROM metric_point
                UNION ALL
                SELECT (SELECT MIN(next.device) FROM metric_point next
                        WHERE next.device > devices.device)
                FROM devices WHERE devices.device IS NOT NULL),
              series (device, metric) AS (
                SELECT devices.device, (SELECT MIN(first.metric) FROM metric_point first
                                        WHERE first.device = devices.device)
                FROM devices WHERE devices.device IS NOT NULL
                UNION ALL
                SELECT series.device, (SELECT MIN(next.metric) FROM metric_point next
                                       WHERE next.device = series.device
                                         AND next.metric > series.metric)
                FROM series WHERE series.metric IS NOT NULL)
              DELETE FROM metric_point WHERE (device, metric, at) IN (
                SELECT old.device, old.metric, old.at
                FROM series CROSS JOIN metric_point old
                  ON old.device = series.device AND old.metric = series.metric
                WHERE old.at < ?1 LIMIT ?2)""",
              MetricPoints.KEPT),
          new Removal(
              """
              DELETE FROM device_item WHERE item IN (
                SELECT item FROM device_item WHERE remembered_until < ?1 LIMIT ?2)""",
              Duration.ZERO));

  private final Database database;

  SqliteExpiry(Database database) {
    this.database = database;
  }

  /// Removes at most [#PORTION] rows of each table, each in a transaction of its own.
  ///
  /// @return how many rows it removed; 0 if nothing is left that has expired
  public int removeSome(Instant now) {
    return REMOVALS.stream()
        .mapToInt(it -> database.update(it.sql(), now.minus(it.kept()).toEpochMilli(), PORTION))
        .sum();
  }
}
