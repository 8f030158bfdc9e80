package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.SeqRange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads beside the writer, on a connection of its own: it sees exactly what is committed. Safe for
/// several threads, one at a time.
final class OutboxReader implements AutoCloseable {
  /// No outbox gets there.
  private static final SeqRange NO_EVENT = SeqRange.of(Long.MAX_VALUE, Long.MAX_VALUE);

  private final Connection connection;
  private final Dictionary dictionary;
  private final PreparedStatement select;

  OutboxReader(Connection connection) throws SQLException {
    this.connection = connection;
    this.dictionary = new Dictionary(connection);
    this.select =
        connection.prepareStatement(
            """
            SELECT %s FROM event AS e LEFT JOIN summary AS s USING (seq)
            WHERE e.seq > ? AND e.seq <= ? ORDER BY e.seq"""
                .formatted(Rows.COLUMNS));
  }

  /// @param ledger as it was before this call: events it takes for acknowledged may be gone since,
  ///     but none of those it does not know of is shown too early
  synchronized List<MachineEvent> peek(Ledger ledger, long after, int limit) throws SQLException {
    List<MachineEvent> events = new ArrayList<>();
    if (limit <= 0 || after >= ledger.ready()) {
      return events;
    }
    select.setLong(1, after);
    select.setLong(2, ledger.ready());
    try (ResultSet row = select.executeQuery()) {
      while (events.size() < limit && row.next()) {
        if (!ledger.noted().contains(row.getLong(1))) {
          events.add(Rows.event(row, dictionary));
        }
      }
    }
    return events;
  }

  /// In one statement, so that an event that is set apart or put back meanwhile is not missed.
  ///
  /// @param ledger as it was before this call: what it takes for acknowledged is so still
  synchronized Unstored unstored(Ledger ledger, int most) throws SQLException {
    SeqRange noted = ledger.noted().longest().orElse(NO_EVENT);
    try (PreparedStatement all =
        connection.prepareStatement(
            """
            SELECT e.seq, e.wall, s.occupied + s.free + s.unknown, FALSE FROM event AS e
            LEFT JOIN summary AS s USING (seq) WHERE e.seq NOT BETWEEN ? AND ?
            UNION ALL
            SELECT e.seq, e.wall, s.occupied + s.free + s.unknown, TRUE FROM quarantined AS e
            LEFT JOIN summary AS s USING (seq)""")) {
      all.setLong(1, noted.first().value());
      all.setLong(2, noted.last().value());
      try (ResultSet row = all.executeQuery()) {
        return unstored(row, ledger.noted(), most);
      }
    }
  }

  private static Unstored unstored(ResultSet row, SeqSet noted, int most) throws SQLException {
    Unstored unstored = new Unstored.Nothing();
    int seen = 0;
    while (row.next()) {
      if (!row.getBoolean(4) && noted.contains(row.getLong(1))) {
        continue;
      }
      long wall = row.getLong(2);
      if (row.wasNull() || ++seen > most) {
        return new Unstored.Uncertain();
      }
      // What an event stands for beside itself reaches back from its time.
      unstored = unstored.and(Instant.ofEpochMilli(wall - row.getLong(3)));
    }
    return unstored;
  }

  synchronized List<QuarantinedEvent> quarantined() throws SQLException {
    List<QuarantinedEvent> events = new ArrayList<>();
    try (PreparedStatement all =
            connection.prepareStatement(
                """
                SELECT %s, e.reason FROM quarantined AS e LEFT JOIN summary AS s USING (seq)
                ORDER BY e.seq"""
                    .formatted(Rows.COLUMNS));
        ResultSet row = all.executeQuery()) {
      while (row.next()) {
        events.add(new QuarantinedEvent(Rows.event(row, dictionary), row.getString(13)));
      }
    }
    return events;
  }

  synchronized Optional<byte[]> kept(String name) throws SQLException {
    try (PreparedStatement document =
        connection.prepareStatement("SELECT content FROM document WHERE name = ?")) {
      document.setString(1, name);
      try (ResultSet row = document.executeQuery()) {
        return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
      }
    }
  }

  @Override
  public synchronized void close() throws SQLException {
    connection.close();
  }
}
