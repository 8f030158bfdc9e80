package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.edge.outbox.EventQueue.Unacknowledged;
import io.gympulse.edge.outbox.OutboxMetadata.SequenceSet;
import io.gympulse.edge.outbox.Quarantine.QuarantinedEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads while the writer writes, on a connection of its own: it sees exactly what is committed.
/// Safe for any number of threads, which run one at a time.
final class OutboxReader implements AutoCloseable {
  /// A range that no event is in.
  private static final SeqRange NO_EVENT = SeqRange.of(Long.MAX_VALUE, Long.MAX_VALUE);

  private final Connection connection;
  private final RowMapper rows;
  private final PreparedStatement select;

  OutboxReader(Connection connection) throws SQLException {
    this.connection = connection;
    this.rows = new RowMapper(connection);
    this.select =
        connection.prepareStatement(
            """
            SELECT %s FROM event AS e LEFT JOIN summary AS s USING (seq)
            WHERE e.seq > ? AND e.seq <= ? ORDER BY e.seq"""
                .formatted(RowMapper.COLUMNS));
  }

  /// @param metadata from before this call: events that it has as acknowledged may be deleted
  ///     since, and events that it does not know yet are not returned
  synchronized List<MachineEvent> peek(OutboxMetadata metadata, long after, int limit)
      throws SQLException {
    List<MachineEvent> events = new ArrayList<>();
    if (limit <= 0 || after >= metadata.lastReady()) {
      return events;
    }
    select.setLong(1, after);
    select.setLong(2, metadata.lastReady());
    try (ResultSet row = select.executeQuery()) {
      while (events.size() < limit && row.next()) {
        if (!metadata.acknowledged().contains(row.getLong(1))) {
          events.add(rows.event(row));
        }
      }
    }
    return events;
  }

  /// One statement reads both tables, so that an event that is moved between them is not missed.
  ///
  /// @param metadata from before this call: events that it has as acknowledged still are
  synchronized Unacknowledged unacknowledged(OutboxMetadata metadata, int limit)
      throws SQLException {
    SeqRange longest = metadata.acknowledged().longest().orElse(NO_EVENT);
    try (PreparedStatement all =
        connection.prepareStatement(
            """
            SELECT e.seq, e.wall, s.occupied + s.free + s.unknown, FALSE FROM event AS e
            LEFT JOIN summary AS s USING (seq) WHERE e.seq NOT BETWEEN ? AND ?
            UNION ALL
            SELECT e.seq, e.wall, s.occupied + s.free + s.unknown, TRUE FROM quarantined AS e
            LEFT JOIN summary AS s USING (seq)""")) {
      all.setLong(1, longest.first().value());
      all.setLong(2, longest.last().value());
      try (ResultSet row = all.executeQuery()) {
        return unacknowledged(row, metadata.acknowledged(), limit);
      }
    }
  }

  private static Unacknowledged unacknowledged(ResultSet row, SequenceSet acknowledged, int limit)
      throws SQLException {
    Unacknowledged result = new Unacknowledged.None();
    int seen = 0;
    while (row.next()) {
      if (!row.getBoolean(4) && acknowledged.contains(row.getLong(1))) {
        continue;
      }
      long wall = row.getLong(2);
      if (row.wasNull() || ++seen > limit) {
        return new Unacknowledged.Unknown();
      }
      // The summary covers the time before the event.
      result = result.and(Instant.ofEpochMilli(wall - row.getLong(3)));
    }
    return result;
  }

  synchronized List<QuarantinedEvent> quarantined() throws SQLException {
    List<QuarantinedEvent> events = new ArrayList<>();
    try (PreparedStatement all =
            connection.prepareStatement(
                """
                SELECT %s, e.reason FROM quarantined AS e LEFT JOIN summary AS s USING (seq)
                ORDER BY e.seq"""
                    .formatted(RowMapper.COLUMNS));
        ResultSet row = all.executeQuery()) {
      while (row.next()) {
        events.add(new QuarantinedEvent(rows.event(row), row.getString(13)));
      }
    }
    return events;
  }

  synchronized Optional<byte[]> document(String name) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT content FROM document WHERE name = ?")) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
      }
    }
  }

  @Override
  public synchronized void close() throws SQLException {
    connection.close();
  }
}
