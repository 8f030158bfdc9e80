package io.gympulse.cloud.sqlite;

import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.alert.Alerts;
import io.gympulse.cloud.core.device.MetricPoints;
import io.gympulse.cloud.core.event.Retention;
import io.gympulse.cloud.core.floorplan.UnregisteredMachines;
import io.gympulse.cloud.core.forecast.ForecastModels;
import io.gympulse.cloud.core.incident.Incidents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Removes expired rows. Readers do not see expired events, machines' own reports, measurements,
/// aggregates and counted items even before they are removed; they do see ended alerts, closed
/// incidents and unregistered machines until then. Freed space is reused; the file does not shrink.
/// Safe for any number of threads.
public final class SqliteExpiry {
  /// The most rows of a table that are removed in one transaction.
  public static final int PORTION = 500;

  /// @param sql removes at most `?2` rows from before `?1`, by an index range per machine or device
  ///     instead of a table scan
  /// @param kept how long rows are kept, from the time in them
  record Removal(String sql, Duration kept) {}

  /// A loose index scan over the distinct values of an index's first column: `SELECT DISTINCT`
  /// would read all rows.
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
              DELETE FROM forecast_model WHERE (gym, category) IN (
                SELECT gym, category FROM forecast_model WHERE fitted_at < ?1 LIMIT ?2)""",
              ForecastModels.KEPT),
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
  /// @param now the caller's time; limited by the store's expiry time
  /// @return how many rows were removed; 0 if no expired row is left
  public int removeSome(Instant now) {
    Instant at = retention.expiryTime(now);
    return REMOVALS.stream()
        .mapToInt(it -> database.update(it.sql(), at.minus(it.kept()).toEpochMilli(), PORTION))
        .sum();
  }
}
