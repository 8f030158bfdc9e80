package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.outbox.Boots.Boot;
import io.gympulse.edge.outbox.Quarantine.QuarantinedEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The statements on events, quarantined events, machines' last states and documents. They take
/// effect when the connection's transaction is committed. For one thread.
final class EventTable {
  private static final String INSERT = "INSERT INTO event VALUES (?,?,?,?,?,?,?)";

  private final Connection connection;
  private final RowMapper rows;
  private PreparedStatement insert;
  private int pending;

  EventTable(Connection connection) throws SQLException {
    this.connection = connection;
    this.rows = new RowMapper(connection);
    this.insert = connection.prepareStatement(INSERT);
  }

  /// Must follow a rollback: drops pending inserts and cached numbers, and prepares statements
  /// anew, as the old ones may not work any more.
  void reset() throws SQLException {
    rows.clear();
    pending = 0;
    insert.close();
    insert = connection.prepareStatement(INSERT);
  }

  /// Adds an event to those that the next [#flush] inserts.
  void insert(Sequence seq, Occurrence occurrence, Boot boot) throws SQLException {
    insert.setLong(1, seq.value());
    rows.set(insert, 2, occurrence, boot.ordinal());
    insert.addBatch();
    pending++;
  }

  /// Inserts the pending events. Every method that reads or changes events calls it first. Returns
  /// whether there were any.
  boolean flush() throws SQLException {
    if (pending == 0) {
      return false;
    }
    pending = 0;
    insert.executeBatch();
    return true;
  }

  long count(SeqRange range) throws SQLException {
    flush();
    try (PreparedStatement select =
        connection.prepareStatement("SELECT count(*) FROM event WHERE seq BETWEEN ? AND ?")) {
      setRange(select, range);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  /// Deletes events and keeps the machines' last states.
  void delete(SeqRange range) throws SQLException {
    flush();
    keepStates(range);
    update(
        """
        DELETE FROM summary WHERE seq BETWEEN ? AND ?
        AND EXISTS (SELECT 1 FROM event WHERE event.seq = summary.seq)""",
        range);
    update("DELETE FROM event WHERE seq BETWEEN ? AND ?", range);
  }

  /// Moves an event with wall time to the quarantine; false if none waits under this number.
  boolean quarantine(Sequence seq, String reason) throws SQLException {
    flush();
    keepStates(SeqRange.of(seq));
    try (PreparedStatement copy =
        connection.prepareStatement(
            """
            INSERT INTO quarantined SELECT *, ? FROM event
            WHERE seq = ? AND wall IS NOT NULL""")) {
      copy.setString(1, reason);
      copy.setLong(2, seq.value());
      if (copy.executeUpdate() == 0) {
        return false;
      }
    }
    update("DELETE FROM event WHERE seq BETWEEN ? AND ?", SeqRange.of(seq));
    return true;
  }

  /// Moves quarantined events back; returns how many.
  long release(SeqRange range) throws SQLException {
    flush();
    update(
        """
        INSERT INTO event SELECT seq, machine, what, boot, since_boot, wall, quality
        FROM quarantined WHERE seq BETWEEN ? AND ?""",
        range);
    return update("DELETE FROM quarantined WHERE seq BETWEEN ? AND ?", range);
  }

  /// Gives all events, quarantined ones too, numbers from 1 without gaps in the same order, and
  /// moves those with a conflict back to the queue. Returns the last number.
  long renumber() throws SQLException {
    flush();
    try (Statement statement = connection.createStatement()) {
      for (String sql : OutboxSchema.statements("renumber.sql")) {
        statement.executeUpdate(sql.replace(":conflict", "'" + QuarantinedEvent.CONFLICT + "'"));
      }
    }
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT max(coalesce((SELECT max(seq) FROM event), 0),"
                    + " coalesce((SELECT max(seq) FROM quarantined), 0))");
        ResultSet row = select.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /// Events of a range with their wall times, ascending, at most `limit`.
  List<MachineEvent> read(SeqRange range, int limit) throws SQLException {
    flush();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT %s FROM event AS e LEFT JOIN summary AS s USING (seq)
            WHERE e.seq BETWEEN ? AND ? ORDER BY e.seq LIMIT ?"""
                .formatted(RowMapper.COLUMNS))) {
      setRange(select, range);
      select.setInt(3, limit);
      List<MachineEvent> events = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          events.add(rows.event(row));
        }
      }
      return events;
    }
  }

  /// Deletes those of the events that are not left, and writes the summaries of those that are.
  void coalesce(List<MachineEvent> all, List<MachineEvent> left) throws SQLException {
    try (PreparedStatement event = connection.prepareStatement("DELETE FROM event WHERE seq = ?");
        PreparedStatement summary =
            connection.prepareStatement("DELETE FROM summary WHERE seq = ?");
        PreparedStatement upsert =
            connection.prepareStatement("INSERT OR REPLACE INTO summary VALUES (?,?,?,?,?,?)")) {
      int next = 0;
      for (MachineEvent it : all) {
        if (next < left.size() && left.get(next).seq().equals(it.seq())) {
          if (!left.get(next).equals(it)) {
            writeSummary(upsert, left.get(next));
          }
          next++;
        } else {
          delete(event, it.seq());
          if (it.summary().isPresent()) {
            delete(summary, it.seq());
          }
        }
      }
    }
  }

  private static void delete(PreparedStatement statement, Sequence seq) throws SQLException {
    statement.setLong(1, seq.value());
    statement.executeUpdate();
  }

  private static void writeSummary(PreparedStatement upsert, MachineEvent event)
      throws SQLException {
    Summary summary = event.summary().orElseThrow();
    upsert.setLong(1, event.seq().value());
    upsert.setLong(2, summary.first().value());
    upsert.setLong(3, summary.occupied().toMillis());
    upsert.setLong(4, summary.free().toMillis());
    upsert.setLong(5, summary.unknown().toMillis());
    upsert.setInt(6, summary.transitions());
    upsert.executeUpdate();
  }

  /// Gives each event of this boot without wall time the one that follows from the boot's start.
  /// Returns how many.
  long restamp(Boot boot, Boot.Start start) throws SQLException {
    flush();
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE event SET wall = max(?, ? + since_boot), quality = ?
            WHERE boot = ? AND wall IS NULL""")) {
      update.setLong(1, start.earliest().toEpochMilli());
      update.setLong(2, start.at().toEpochMilli());
      update.setInt(3, RowMapper.code(start.quality()));
      update.setInt(4, boot.ordinal());
      return update.executeUpdate();
    }
  }

  /// The first and last moments of a range's events, by the boots' ordinals.
  Map<Integer, Boots.Span> spans(SeqRange range) throws SQLException {
    flush();
    Map<Integer, Boots.Span> spans = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT boot, min(since_boot), max(since_boot) FROM event
            WHERE seq BETWEEN ? AND ? GROUP BY boot""")) {
      setRange(select, range);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Duration first = Duration.ofMillis(row.getLong(2));
          Duration last = Duration.ofMillis(row.getLong(3));
          spans.put(row.getInt(1), Boots.Span.START.including(first).including(last));
        }
      }
    }
    return spans;
  }

  /// Each machine's last occurrence, from its waiting events or from the row that its deleted
  /// events have left. In a renumbered outbox both may have one number: then the deleted one is the
  /// later (see renumber.sql).
  Map<MachineId, Occurrence> states() throws SQLException {
    Map<MachineId, Occurrence> states = new HashMap<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT machine, what, boot, since_boot, wall, quality, max(place) FROM (
                  SELECT ordinal AS machine, what, boot, since_boot, wall, quality,
                    2 * seq + 1 AS place FROM machine
                  WHERE seq IS NOT NULL
                  UNION ALL
                  SELECT machine, what, boot, since_boot, wall, quality, 2 * seq FROM event)
                GROUP BY machine""");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        Occurrence last = rows.occurrence(row, 1);
        states.put(last.machine(), last);
      }
    }
    return states;
  }

  void putDocument(String name, byte[] content) throws SQLException {
    try (PreparedStatement replace =
        connection.prepareStatement("INSERT OR REPLACE INTO document VALUES (?, ?)")) {
      replace.setString(1, name);
      replace.setBytes(2, content);
      replace.executeUpdate();
    }
  }

  private void keepStates(SeqRange range) throws SQLException {
    update(
        """
        UPDATE machine SET seq = gone.seq, what = gone.what, boot = gone.boot,
          since_boot = gone.since_boot, wall = gone.wall, quality = gone.quality
        FROM (SELECT machine, what, boot, since_boot, wall, quality, max(seq) AS seq FROM event
          WHERE seq BETWEEN ? AND ? GROUP BY machine) AS gone
        WHERE ordinal = gone.machine AND (machine.seq IS NULL OR machine.seq < gone.seq)""",
        range);
  }

  private int update(String sql, SeqRange range) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      setRange(statement, range);
      return statement.executeUpdate();
    }
  }

  private static void setRange(PreparedStatement statement, SeqRange range) throws SQLException {
    statement.setLong(1, range.first().value());
    statement.setLong(2, range.last().value());
  }
}
