package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.Sequence;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads waiting events beside the writer, on a connection of its own: it sees exactly what is
/// committed. Safe for several threads, one at a time.
final class OutboxReader implements AutoCloseable {
  private final Connection connection;
  private final PreparedStatement select;

  OutboxReader(Connection connection) throws SQLException {
    this.connection = connection;
    this.select =
        connection.prepareStatement(
            """
            SELECT seq, machine, status, reason, at_ms, quality FROM event
            WHERE seq > ? ORDER BY seq LIMIT ?""");
  }

  synchronized List<MachineEvent> peek(long after, int limit) throws SQLException {
    select.setLong(1, after);
    select.setInt(2, limit);
    List<MachineEvent> events = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        events.add(event(row));
      }
    }
    return events;
  }

  private static MachineEvent event(ResultSet row) throws SQLException {
    return new MachineEvent(
        new Sequence(row.getLong(1)),
        new MachineId(row.getString(2)),
        named(MachineStatus.ofWireName(row.getString(3)), row.getString(3)),
        Optional.ofNullable(row.getString(4)).flatMap(UnknownReason::ofWireName),
        Instant.ofEpochMilli(row.getLong(5)),
        named(TimeQuality.ofWireName(row.getString(6)), row.getString(6)));
  }

  private static <T> T named(Optional<T> value, String text) throws SQLException {
    return value.orElseThrow(() -> new SQLException("'%s' is no known name".formatted(text)));
  }

  @Override
  public synchronized void close() throws SQLException {
    connection.close();
  }
}
