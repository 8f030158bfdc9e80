package io.gympulse.cloud.sqlite;

import io.gympulse.cloud.core.incident.Incident;
import io.gympulse.cloud.core.incident.IncidentCodec;
import io.gympulse.cloud.core.incident.Incidents;
import io.gympulse.cloud.core.incident.Subject;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Incidents in the table `incident`: the whole as JSON, beside it what it is looked up by. What is
/// out stands in `incident_subject` as well.
final class SqliteIncidents implements Incidents {
  private final Database database;

  SqliteIncidents(Database database) {
    this.database = database;
  }

  @Override
  public boolean create(Incident incident) {
    boolean[] kept = new boolean[1];
    database.transaction(
        () -> {
          kept[0] =
              database.update(
                      """
                      INSERT INTO incident (id, since, is_open, due, closed, version, content)
                      VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
                      incident.id(),
                      incident.since().toEpochMilli(),
                      incident.isOpen() ? 1 : 0,
                      incident.due().map(Instant::toEpochMilli).orElse(null),
                      incident.closedAt().map(Instant::toEpochMilli).orElse(null),
                      incident.version(),
                      IncidentCodec.encode(incident))
                  == 1;
          if (kept[0]) {
            writeSubjects(incident);
          }
        });
    return kept[0];
  }

  @Override
  public Optional<Incident> find(String id) {
    return database
        .query("SELECT content FROM incident WHERE id = ?", SqliteIncidents::incident, id)
        .stream()
        .findFirst();
  }

  @Override
  public Optional<Incident> openFor(Subject subject) {
    return database
        .query(
            """
            SELECT content FROM incident JOIN incident_subject ON incident.id = incident
            WHERE subject = ? AND is_open = 1 ORDER BY since, id""",
            SqliteIncidents::incident,
            subject.key())
        .stream()
        .findFirst();
  }

  @Override
  public Page<Incident, Incident.Cursor> open(Optional<Incident.Cursor> after, int size) {
    List<Incident> found =
        database.query(
            """
            SELECT content FROM incident WHERE is_open = 1 AND (since, id) > (?, ?)
            ORDER BY since, id LIMIT ?""",
            SqliteIncidents::incident,
            after.map(it -> it.since().toEpochMilli()).orElse(Long.MIN_VALUE),
            after.map(Incident.Cursor::id).orElse(""),
            Page.requireSize(size) + 1);
    return Page.cut(found, size, Incident::cursor);
  }

  @Override
  public List<Incident> due(Instant now, int limit) {
    return database.query(
        "SELECT content FROM incident WHERE due <= ? ORDER BY due LIMIT ?",
        SqliteIncidents::incident,
        now.toEpochMilli(),
        limit);
  }

  @Override
  public boolean replace(Incident expected, Incident next) {
    boolean[] kept = new boolean[1];
    database.transaction(
        () -> {
          kept[0] = update(expected, next) == 1;
          if (kept[0] && !expected.out().equals(next.out())) {
            database.update("DELETE FROM incident_subject WHERE incident = ?", next.id());
            writeSubjects(next);
          }
        });
    return kept[0];
  }

  @Override
  public void together(Runnable writes) {
    database.transaction(writes);
  }

  private int update(Incident expected, Incident next) {
    return database.update(
        """
        UPDATE incident SET is_open = ?, due = ?, closed = ?, version = ?, content = ?
        WHERE id = ? AND version = ?""",
        next.isOpen() ? 1 : 0,
        next.due().map(Instant::toEpochMilli).orElse(null),
        next.closedAt().map(Instant::toEpochMilli).orElse(null),
        next.version(),
        IncidentCodec.encode(next),
        expected.id(),
        expected.version());
  }

  private void writeSubjects(Incident incident) {
    for (Subject subject : incident.out()) {
      database.update(
          "INSERT INTO incident_subject (incident, subject) VALUES (?, ?)",
          incident.id(),
          subject.key());
    }
  }

  private static Incident incident(ResultSet row) throws SQLException {
    try {
      return IncidentCodec.decode(row.getString("content"));
    } catch (IllegalArgumentException e) {
      throw new StoreUnavailableException("the store holds a damaged incident", e);
    }
  }
}
