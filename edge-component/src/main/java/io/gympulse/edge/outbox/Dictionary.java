package io.gympulse.edge.outbox;

import io.gympulse.contract.id.MachineId;
import io.gympulse.edge.time.BootId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// Maps the numbers in rows to machines and boots, and back; a cache of the tables `machine` and
/// `boot`. For one connection and one thread.
final class Dictionary {
  private final Connection connection;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<Integer, MachineId> machines = new HashMap<>();
  private final Map<Integer, BootId> boots = new HashMap<>();

  Dictionary(Connection connection) {
    this.connection = connection;
  }

  /// Drops entries that a rolled back transaction may have added.
  void clear() {
    numbers.clear();
    machines.clear();
    boots.clear();
  }

  /// The number of a machine; assigns one if it has none.
  int number(MachineId machine) throws SQLException {
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

  MachineId machine(int number) throws SQLException {
    if (!machines.containsKey(number)) {
      read();
    }
    MachineId machine = machines.get(number);
    if (machine == null) {
      throw SqliteFailure.corrupt("no machine has number " + number);
    }
    return machine;
  }

  BootId boot(int number) throws SQLException {
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
        MachineId machine = RowMapper.value(() -> new MachineId(row.getString(2)));
        numbers.put(machine.value(), row.getInt(1));
        machines.put(row.getInt(1), machine);
      }
    }
    try (PreparedStatement select = connection.prepareStatement("SELECT ordinal, id FROM boot");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        boots.put(row.getInt(1), RowMapper.value(() -> new BootId(row.getString(2))));
      }
    }
  }
}
