package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.time.Stamp;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Maps events to rows of the outbox's file and back. A row that no event can have is reported as
/// damage of the file.
final class RowMapper {
  /// The columns that [#event] reads, of `event` or `quarantined` as `e`.
  static final String COLUMNS =
      """
      e.seq, e.machine, e.what, e.boot, e.since_boot, e.wall, e.quality,
      s.first, s.occupied, s.free, s.unknown, s.transitions""";

  private RowMapper() {}

  /// Reads an event as it is sent. Requires its wall time.
  static MachineEvent event(ResultSet row, Dictionary dictionary) throws SQLException {
    return value(
        () -> {
          Occurrence occurrence = occurrence(row, 2, dictionary);
          Optional<Summary> summary =
              row.getLong(8) == 0 ? Optional.empty() : Optional.of(summary(row, occurrence));
          return new QueuedEvent(new Sequence(row.getLong(1)), occurrence, summary).event();
        });
  }

  /// Reads machine, what, boot, since_boot, wall and quality.
  ///
  /// @param column of the machine; the others follow it
  static Occurrence occurrence(ResultSet row, int column, Dictionary dictionary)
      throws SQLException {
    int what = row.getInt(column + 1);
    Stamp stamp =
        new Stamp(
            dictionary.boot(row.getInt(column + 2)),
            Duration.ofMillis(row.getLong(column + 3)),
            wall(row, column + 4));
    return new Occurrence(
        dictionary.machine(row.getInt(column)), Codes.status(what), Codes.reason(what), stamp);
  }

  static Optional<Stamp.Wall> wall(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull()
        ? Optional.empty()
        : Optional.of(
            new Stamp.Wall(Instant.ofEpochMilli(millis), Codes.quality(row.getInt(column + 1))));
  }

  private static Summary summary(ResultSet row, Occurrence occurrence) throws SQLException {
    Instant at = occurrence.stamp().wall().orElseThrow().at();
    return new Summary(
        new Sequence(row.getLong(8)),
        at.minusMillis(row.getLong(9) + row.getLong(10) + row.getLong(11)),
        Duration.ofMillis(row.getLong(9)),
        Duration.ofMillis(row.getLong(10)),
        Duration.ofMillis(row.getLong(11)),
        row.getInt(12));
  }

  /// Writes what [#occurrence] reads.
  static void set(
      PreparedStatement statement, int column, Occurrence occurrence, int machine, int boot)
      throws SQLException {
    statement.setInt(column, machine);
    statement.setInt(column + 1, Codes.of(occurrence.status(), occurrence.reason()));
    statement.setInt(column + 2, boot);
    statement.setLong(column + 3, occurrence.stamp().sinceBoot().toMillis());
    set(statement, column + 4, occurrence.stamp().wall());
  }

  static void set(PreparedStatement statement, int column, Optional<Stamp.Wall> wall)
      throws SQLException {
    if (wall.isPresent()) {
      statement.setLong(column, wall.get().at().toEpochMilli());
      statement.setInt(column + 1, Codes.of(wall.get().quality()));
    } else {
      statement.setNull(column, Types.INTEGER);
      statement.setNull(column + 1, Types.INTEGER);
    }
  }

  /// Builds a value from a row.
  interface Builder<T> {
    T build() throws SQLException;
  }

  /// Builds a value; an unchecked exception means that the row is damaged.
  static <T> T value(Builder<T> builder) throws SQLException {
    try {
      return builder.build();
    } catch (RuntimeException e) {
      throw SqliteFailure.corrupt("a row cannot be read: " + e.getMessage());
    }
  }
}
