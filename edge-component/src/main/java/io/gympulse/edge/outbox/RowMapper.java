package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Maps events to rows of the outbox's file and back. A row that no event can have is reported as
/// damage of the file. For one connection and one thread.
///
/// Rows have numbers for machines and boots, those of the tables `machine` and `boot`, which are
/// cached here, and codes for enum values. A code never changes its meaning. SQLite stores 0 and 1
/// without a byte of content, so they are given to the most frequent values.
final class RowMapper {
  /// The columns that [#event] reads, of `event` or `quarantined` as `e`.
  static final String COLUMNS =
      """
      e.seq, e.machine, e.what, e.boot, e.since_boot, e.wall, e.quality,
      s.first, s.occupied, s.free, s.unknown, s.transitions""";

  private static final int UNKNOWN = 2;

  private final Connection connection;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<Integer, MachineId> machines = new HashMap<>();
  private final Map<Integer, BootId> boots = new HashMap<>();

  RowMapper(Connection connection) {
    this.connection = connection;
  }

  /// Drops entries that a rolled back transaction may have added.
  void clear() {
    numbers.clear();
    machines.clear();
    boots.clear();
  }

  /// Reads an event as it is sent. Requires its wall time.
  MachineEvent event(ResultSet row) throws SQLException {
    return value(
        () -> {
          Occurrence occurrence = occurrence(row, 2);
          Optional<Summary> summary =
              row.getLong(8) == 0 ? Optional.empty() : Optional.of(summary(row, occurrence));
          return occurrence.event(new Sequence(row.getLong(1)), summary);
        });
  }

  /// Reads machine, what, boot, since_boot, wall and quality.
  ///
  /// @param column of the machine; the others follow it
  Occurrence occurrence(ResultSet row, int column) throws SQLException {
    int what = row.getInt(column + 1);
    Stamp stamp =
        new Stamp(
            boot(row.getInt(column + 2)),
            Duration.ofMillis(row.getLong(column + 3)),
            wall(row, column + 4));
    return new Occurrence(machine(row.getInt(column)), status(what), reason(what), stamp);
  }

  static Optional<Stamp.Wall> wall(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull()
        ? Optional.empty()
        : Optional.of(
            new Stamp.Wall(Instant.ofEpochMilli(millis), quality(row.getInt(column + 1))));
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
  ///
  /// @param boot the ordinal of its boot
  void set(PreparedStatement statement, int column, Occurrence occurrence, int boot)
      throws SQLException {
    statement.setInt(column, number(occurrence.machine()));
    statement.setInt(column + 1, code(occurrence.status(), occurrence.reason()));
    statement.setInt(column + 2, boot);
    statement.setLong(column + 3, occurrence.stamp().sinceBoot().toMillis());
    set(statement, column + 4, occurrence.stamp().wall());
  }

  static void set(PreparedStatement statement, int column, Optional<Stamp.Wall> wall)
      throws SQLException {
    if (wall.isPresent()) {
      statement.setLong(column, wall.get().at().toEpochMilli());
      statement.setInt(column + 1, code(wall.get().quality()));
    } else {
      statement.setNull(column, Types.INTEGER);
      statement.setNull(column + 1, Types.INTEGER);
    }
  }

  /// The number of a machine; assigns one if it has none.
  private int number(MachineId machine) throws SQLException {
    Integer known = numbers.get(machine.value());
    if (known != null) {
      return known;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO machine (id) VALUES (?) ON CONFLICT (id) DO NOTHING")) {
      insert.setString(1, machine.value());
      insert.executeUpdate();
    }
    read();
    Integer assigned = numbers.get(machine.value());
    if (assigned == null) {
      throw SqliteFailure.corrupt("no machine " + machine);
    }
    return assigned;
  }

  private MachineId machine(int number) throws SQLException {
    if (!machines.containsKey(number)) {
      read();
    }
    MachineId machine = machines.get(number);
    if (machine == null) {
      throw SqliteFailure.corrupt("no machine has number " + number);
    }
    return machine;
  }

  private BootId boot(int number) throws SQLException {
    if (!boots.containsKey(number)) {
      read();
    }
    BootId boot = boots.get(number);
    if (boot == null) {
      throw SqliteFailure.corrupt("no boot has number " + number);
    }
    return boot;
  }

  private void read() throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("SELECT ordinal, id FROM machine");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        MachineId machine = value(() -> new MachineId(row.getString(2)));
        numbers.put(machine.value(), row.getInt(1));
        machines.put(row.getInt(1), machine);
      }
    }
    try (PreparedStatement select = connection.prepareStatement("SELECT ordinal, id FROM boot");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        boots.put(row.getInt(1), value(() -> new BootId(row.getString(2))));
      }
    }
  }

  private static int code(MachineStatus status, Optional<UnknownReason> reason) {
    return switch (status) {
      case FREE -> 0;
      case OCCUPIED -> 1;
      case UNKNOWN -> reason.map(RowMapper::code).orElse(UNKNOWN);
    };
  }

  private static int code(UnknownReason reason) {
    return switch (reason) {
      case GATEWAY_OFF -> 3;
      case SENSOR_DEAD -> 4;
      case SENSOR_STUCK -> 5;
      case SENSOR_CHATTERING -> 6;
      case SOURCE_DOWN -> 7;
      case NO_READING -> 8;
    };
  }

  static int code(TimeQuality quality) {
    return switch (quality) {
      case SYNCED -> 0;
      case CORRECTED -> 1;
      case BOUNDED -> 2;
    };
  }

  private static MachineStatus status(int code) throws SQLException {
    return switch (code) {
      case 0 -> MachineStatus.FREE;
      case 1 -> MachineStatus.OCCUPIED;
      case 2, 3, 4, 5, 6, 7, 8 -> MachineStatus.UNKNOWN;
      default -> throw SqliteFailure.corrupt("no status has code " + code);
    };
  }

  private static Optional<UnknownReason> reason(int code) throws SQLException {
    return switch (code) {
      case 0, 1, 2 -> Optional.empty();
      case 3 -> Optional.of(UnknownReason.GATEWAY_OFF);
      case 4 -> Optional.of(UnknownReason.SENSOR_DEAD);
      case 5 -> Optional.of(UnknownReason.SENSOR_STUCK);
      case 6 -> Optional.of(UnknownReason.SENSOR_CHATTERING);
      case 7 -> Optional.of(UnknownReason.SOURCE_DOWN);
      case 8 -> Optional.of(UnknownReason.NO_READING);
      default -> throw SqliteFailure.corrupt("no reason has code " + code);
    };
  }

  static TimeQuality quality(int code) throws SQLException {
    return switch (code) {
      case 0 -> TimeQuality.SYNCED;
      case 1 -> TimeQuality.CORRECTED;
      case 2 -> TimeQuality.BOUNDED;
      default -> throw SqliteFailure.corrupt("no time quality has code " + code);
    };
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
