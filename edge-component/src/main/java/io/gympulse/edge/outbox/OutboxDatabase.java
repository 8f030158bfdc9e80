package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The outbox's tables, seen by its only writer: statements that take effect together at [#commit].
/// Not safe for several threads.
final class OutboxDatabase implements AutoCloseable {
  private static final String INSERT = "INSERT INTO event VALUES (?,?,?,?,?,?)";

  private final Connection connection;
  private final OutboxId id;
  private final Map<MachineId, MachineState> states = new HashMap<>();
  private PreparedStatement insert;
  private OutboxCounts committed;
  private OutboxCounts counts;

  /// @param connection to a file whose schema is in place, with automatic commit off
  OutboxDatabase(Connection connection) throws SQLException {
    this.connection = connection;
    this.id =
        new OutboxId(UUID.fromString(setting("outbox_id").orElseThrow(() -> noSetting("id"))));
    this.insert = connection.prepareStatement(INSERT);
    long removedUpTo = setting("last_seq").map(Long::parseLong).orElse(0L);
    long last = Math.max(removedUpTo, number("SELECT coalesce(max(seq), 0) FROM event"));
    this.committed =
        new OutboxCounts(
            last,
            number("SELECT count(*) FROM event"),
            number("SELECT count(*) FROM quarantined_event"));
    this.counts = committed;
    readStates();
    connection.commit();
  }

  OutboxId id() {
    return id;
  }

  /// Totals as of the last commit.
  OutboxCounts committedCounts() {
    return committed;
  }

  /// Each machine's last state when the database was opened.
  Map<MachineId, MachineState> statesAtOpening() {
    return Map.copyOf(states);
  }

  MachineEvent append(Occurrence occurrence) throws SQLException {
    counts = counts.appended();
    MachineEvent event = occurrence.numbered(new Sequence(counts.recorded()));
    insert.setLong(1, event.seq().value());
    insert.setString(2, event.machine().value());
    insert.setString(3, event.status().wireName());
    if (event.reason().isPresent()) {
      insert.setString(4, event.reason().get().wireName());
    } else {
      insert.setNull(4, Types.VARCHAR);
    }
    insert.setLong(5, event.at().toEpochMilli());
    insert.setString(6, event.quality().wireName());
    insert.executeUpdate();
    return event;
  }

  void remove(SeqRange range) throws SQLException {
    keepLastStates(range);
    counts = counts.removed(update("DELETE FROM event WHERE seq BETWEEN ? AND ?", range));
  }

  void quarantine(Sequence seq, String reason) throws SQLException {
    SeqRange range = SeqRange.of(seq);
    keepLastStates(range);
    try (PreparedStatement copy =
        connection.prepareStatement(
            "INSERT INTO quarantined_event SELECT *, ? FROM event WHERE seq = ?")) {
      copy.setString(1, reason);
      copy.setLong(2, seq.value());
      copy.executeUpdate();
    }
    counts = counts.setApart(update("DELETE FROM event WHERE seq BETWEEN ? AND ?", range));
  }

  Optional<Instant> lastAlive() throws SQLException {
    return setting("last_alive").map(it -> Instant.ofEpochMilli(Long.parseLong(it)));
  }

  void markAlive(Instant at) throws SQLException {
    set("last_alive", Long.toString(at.toEpochMilli()));
  }

  void commit() throws SQLException {
    connection.commit();
    committed = counts;
  }

  /// Forgets everything since the last commit. SQLite may have done so by itself, as it does on a
  /// full or failing disk; the driver then has no transaction open, and the statement that failed
  /// is of no more use.
  void rollback() throws SQLException {
    counts = committed;
    try {
      connection.rollback();
    } catch (SQLException alreadyRolledBack) {
      try (Statement begin = connection.createStatement()) {
        begin.execute("BEGIN");
      }
    }
    insert.close();
    insert = connection.prepareStatement(INSERT);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /// Rows that go leave behind what must outlive them: the machines' states, and the last number
  /// given. Appending itself so touches one table only.
  private void keepLastStates(SeqRange range) throws SQLException {
    update(
        """
        INSERT INTO machine_state
          SELECT machine, status, reason, at_ms, max(seq) FROM event
          WHERE seq BETWEEN ? AND ? GROUP BY machine
        ON CONFLICT (machine) DO UPDATE SET
          status = excluded.status, reason = excluded.reason,
          at_ms = excluded.at_ms, seq = excluded.seq
        WHERE excluded.seq > machine_state.seq""",
        range);
    set("last_seq", Long.toString(counts.recorded()));
  }

  private int update(String sql, SeqRange range) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, range.first().value());
      statement.setLong(2, range.last().value());
      return statement.executeUpdate();
    }
  }

  private void set(String name, String value) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            INSERT INTO setting VALUES (?, ?)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            WHERE value <> excluded.value""")) {
      statement.setString(1, name);
      statement.setString(2, value);
      statement.executeUpdate();
    }
  }

  private Optional<String> setting(String name) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT value FROM setting WHERE name = ?")) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  private long number(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private void readStates() throws SQLException {
    String sql =
        """
        SELECT machine, status, reason, at_ms, max(seq) FROM (
          SELECT machine, status, reason, at_ms, seq FROM machine_state
          UNION ALL SELECT machine, status, reason, at_ms, seq FROM event)
        GROUP BY machine""";
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        MachineId machine = new MachineId(row.getString(1));
        states.put(
            machine,
            new MachineState(
                machine,
                MachineStatus.ofWireName(row.getString(2)).orElseThrow(() -> noSetting("status")),
                Instant.ofEpochMilli(row.getLong(4)),
                Optional.ofNullable(row.getString(3)).flatMap(UnknownReason::ofWireName)));
      }
    }
  }

  private static OutboxException noSetting(String what) {
    return new OutboxException("the outbox file has no readable " + what);
  }
}
