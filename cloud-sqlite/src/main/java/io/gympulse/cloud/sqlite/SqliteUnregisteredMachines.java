package io.gympulse.cloud.sqlite;

import io.gympulse.cloud.core.floorplan.UnregisteredMachines;
import io.gympulse.cloud.core.floorplan.UnregisteredMachines.UnregisteredMachine;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Unregistered machines in the table `unregistered_machine`.
final class SqliteUnregisteredMachines implements UnregisteredMachines {
  private final Database database;

  SqliteUnregisteredMachines(Database database) {
    this.database = database;
  }

  @Override
  public boolean report(GymId gym, MachineId machine, Instant at) {
    return database.update(
                """
                UPDATE unregistered_machine SET last_seen = ?3, mentions = mentions + 1
                WHERE gym = ?1 AND machine = ?2""",
                gym.value(),
                machine.value(),
                at.toEpochMilli())
            == 1
        || database.update(
                """
                INSERT INTO unregistered_machine (gym, machine, first_seen, last_seen, mentions)
                SELECT ?1, ?2, ?3, ?3, 1
                WHERE (SELECT COUNT(*) FROM unregistered_machine WHERE gym = ?1) < ?4""",
                gym.value(),
                machine.value(),
                at.toEpochMilli(),
                MOST_PER_GYM)
            == 1;
  }

  static void adopted(Database database, FloorPlan plan) {
    database.each(
        "DELETE FROM unregistered_machine WHERE gym = ? AND machine = ?",
        plan.machines(),
        (statement, machine) -> {
          statement.setString(1, plan.gym().id().value());
          statement.setString(2, machine.id().value());
        });
  }

  @Override
  public Page<UnregisteredMachine, UnregisteredMachine.Key> page(
      Optional<UnregisteredMachine.Key> after, int size) {
    List<UnregisteredMachine> found =
        database.query(
            """
            SELECT * FROM unregistered_machine WHERE (gym, machine) > (?, ?)
            ORDER BY gym, machine LIMIT ?""",
            row ->
                new UnregisteredMachine(
                    new GymId(row.getString("gym")),
                    new MachineId(row.getString("machine")),
                    Instant.ofEpochMilli(row.getLong("first_seen")),
                    Instant.ofEpochMilli(row.getLong("last_seen")),
                    row.getLong("mentions")),
            after.map(it -> it.gym().value()).orElse(""),
            after.map(it -> it.machine().value()).orElse(""),
            Page.requireSize(size) + 1);
    return Page.cut(found, size, UnregisteredMachine::key);
  }
}
