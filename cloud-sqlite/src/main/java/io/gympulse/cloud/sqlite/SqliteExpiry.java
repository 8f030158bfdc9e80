package io.gympulse.cloud.sqlite;

import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.alert.Alerts;
import io.gympulse.cloud.core.event.Retention;
import io.gympulse.cloud.core.floor.UnregisteredMachines;
import io.gympulse.cloud.core.incident.Incidents;
import io.gympulse.cloud.core.metric.MetricPoints;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Removes what has expired. Readers leave out expired events, machines' own reports, measurements,
/// aggregates and counted items whether or not they are removed; ended alerts, closed incidents and
/// machines on no floor plan are there until then. The space is used again by what comes; the file
/// does not shrink. Safe for any number of threads.
public final class SqliteExpiry {
  /// How many rows of a table are removed in one transaction.
  public static final int PORTION = 500;

  /// @param sql removes at most `?2` rows of before `?1`, entering an index at each machine's or
  ///     device's beginning instead of reading the table
  /// @param kept how long rows are kept, from the time in them
  record Removal(String sql, Duration kept) {}

  /// From one name in an index's first column to the next, since reading all rows to tell them
  /// apart grows with their number.
  private static final String NAMES =
      """
      WITH RECURSIVE names (name) AS (
        SELECT MIN(%2$s) FROM %1$s
        UNION ALL
        SELECT (SELECT MIN(next.%2$s) FROM %1$s next WHERE next.%2$s > names.name)
        FROM names WHERE names.name IS NOT NULL)
      """;

  static final List<Removal> REMOVALS =
      List.of(
          new Removal(
              NAMES.formatted("event", "machine")
                  + """
                  DELETE FROM event WHERE (outbox, seq) IN (
                    SELECT old.outbox, old.seq
                    FROM names CROSS JOIN event old ON old.machine = names.name
                    WHERE old.at < ?1 LIMIT ?2)""",
              Retention.EVENTS),
          new Removal(
              NAMES.formatted("status_report", "machine")
                  + """
                  DELETE FROM status_report WHERE (machine, at, status) IN (
                    SELECT old.machine, old.at, old.status
                    FROM names CROSS JOIN status_report old ON old.machine = names.name
                    WHERE old.at < ?1 LIMIT ?2)""",
              Retention.EVENTS),
          new Removal(
              NAMES.formatted("metric_point", "device").stripTrailing()
                  + """
                  ,
                  series (device, metric) AS (
                    SELECT names.name, (SELECT MIN(first.metric) FROM metric_point first
                                        WHERE first.device = names.name)
                    FROM names WHERE names.name IS NOT NULL
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
              DELETE FROM aggregate WHERE (gym, category, starts) IN (
                SELECT gym, category, starts FROM aggregate WHERE starts <= ?1 LIMIT ?2)""",
              CategoryBin.KEPT.plus(Window.LENGTH)),
          new Removal(
              """
              DELETE FROM device_item WHERE item IN (
                SELECT item FROM device_item WHERE remembered_until < ?1 LIMIT ?2)""",
              Duration.ZERO),
          new Removal(
              """
              DELETE FROM alert WHERE (user, id) IN (
                SELECT user, id FROM alert WHERE ended < ?1 AND due IS NULL LIMIT ?2)""",
              Alerts.KEPT),
          new Removal(
              """
              DELETE FROM incident WHERE id IN (
                SELECT id FROM incident WHERE closed < ?1 AND due IS NULL LIMIT ?2)""",
              Incidents.KEPT),
          new Removal(
              """
              DELETE FROM unregistered_machine WHERE (gym, machine) IN (
                SELECT gym, machine FROM unregistered_machine WHERE last_seen < ?1 LIMIT ?2)""",
              UnregisteredMachines.KEPT));

  private final Database database;
  private final Retention retention;

  SqliteExpiry(Database database, Retention retention) {
    this.database = database;
    this.retention = retention;
  }

  /// Removes at most [#PORTION] rows of each table, each in a transaction of its own.
  ///
  /// @param now the caller's time; what the store does not believe of it does not count
  /// @return how many rows it removed; 0 if nothing is left that has expired
  public int removeSome(Instant now) {
    Instant at = retention.expiryTime(now);
    return REMOVALS.stream()
        .mapToInt(it -> database.update(it.sql(), at.minus(it.kept()).toEpochMilli(), PORTION))
        .sum();
  }
}
