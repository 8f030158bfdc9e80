package io.gympulse.cloud.state.sqlite;

import io.gympulse.cloud.state.floor.UnregisteredMachine;
import io.gympulse.cloud.state.floor.UnregisteredMachines;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.List;

/// Unregistered machines in the table `unregistered_machine`.
final class SqliteUnregisteredMachines implements UnregisteredMachines {
  private final Database database;

  SqliteUnregisteredMachines(Database database) {
    this.database = database;
  }

  @Override
  public void seen(GymId gym, MachineId machine, Instant at) {
    database.update(
        """
        INSERT INTO unregistered_machine (gym, machine, first_seen, last_seen, mentions)
        VALUES (?1, ?2, ?3, ?3, 1)
        ON CONFLICT DO UPDATE SET last_seen = ?3, mentions = mentions + 1""",
        gym.value(),
        machine.value(),
        at.toEpochMilli());
  }

  @Override
  public List<UnregisteredMachine> all() {
    return database.query(
        "SELECT * FROM unregistered_machine ORDER BY gym, machine",
        row ->
            new UnregisteredMachine(
                new GymId(row.getString("gym")),
                new MachineId(row.getString("machine")),
                Instant.ofEpochMilli(row.getLong("first_seen")),
                Instant.ofEpochMilli(row.getLong("last_seen")),
                row.getLong("mentions")));
  }
}
