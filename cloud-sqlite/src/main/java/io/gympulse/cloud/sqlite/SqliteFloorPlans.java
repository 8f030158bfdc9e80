package io.gympulse.cloud.sqlite;

import io.gympulse.cloud.core.floorplan.FloorPlans;
import io.gympulse.cloud.core.floorplan.FloorPlans.RegisteredMachine;
import io.gympulse.cloud.core.floorplan.PlanIndex;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.List;
import java.util.Optional;

/// Floor plans in the table `floor_plan`, and for [SqliteQueries] in `branch` and `branch_machine`.
/// All are also kept in memory, since this process is the only writer.
final class SqliteFloorPlans implements FloorPlans {
  private final Database database;
  private volatile PlanIndex index;

  SqliteFloorPlans(Database database) {
    this.database = database;
    List<FloorPlan> stored = stored();
    this.index = PlanIndex.of(stored);
    // A file of an earlier schema contains plans only.
    database.transaction(() -> stored.forEach(this::putBranch));
  }

  private List<FloorPlan> stored() {
    return database
        .query("SELECT plan FROM floor_plan ORDER BY gym", row -> row.getString("plan"))
        .stream()
        .map(SqliteFloorPlans::parse)
        .toList();
  }

  private static FloorPlan parse(String json) {
    try {
      return FloorPlanFile.parse(json, "in the store");
    } catch (FloorPlanException e) {
      throw new StoreUnavailableException("the store holds a damaged plan", e);
    }
  }

  @Override
  public synchronized void register(FloorPlan plan) {
    PlanIndex next = index.with(plan);
    database.transaction(
        () -> {
          database.update(
              "INSERT OR REPLACE INTO floor_plan (gym, plan) VALUES (?, ?)",
              plan.gym().id().value(),
              FloorPlanFile.write(plan));
          putBranch(plan);
          SqliteUnregisteredMachines.adopted(database, plan);
        });
    index = next;
  }

  @Override
  public synchronized boolean remove(GymId gym) {
    boolean known = index.find(gym).isPresent();
    PlanIndex next = index.without(gym);
    database.transaction(
        () -> {
          database.update("DELETE FROM floor_plan WHERE gym = ?", gym.value());
          removeBranch(gym);
        });
    index = next;
    return known;
  }

  private void putBranch(FloorPlan plan) {
    Gym gym = plan.gym();
    removeBranch(gym.id());
    database.update(
        "INSERT INTO branch VALUES (?, ?, ?, ?, ?, ?)",
        gym.id().value(),
        gym.name(),
        gym.latitude(),
        gym.longitude(),
        gym.zone().getId(),
        plan.gateway().value());
    int ordinal = 0;
    for (Machine machine : plan.machines()) {
      database.update(
          "INSERT INTO branch_machine VALUES (?, ?, ?, ?, ?, ?, ?)",
          gym.id().value(),
          ordinal++,
          machine.id().value(),
          machine.name(),
          machine.category().value(),
          machine.x(),
          machine.y());
    }
  }

  private void removeBranch(GymId gym) {
    database.update("DELETE FROM branch WHERE gym = ?", gym.value());
    database.update("DELETE FROM branch_machine WHERE gym = ?", gym.value());
  }

  @Override
  public Optional<RegisteredMachine> locate(MachineId machine) {
    return index.locate(machine);
  }

  @Override
  public Optional<FloorPlan> find(GymId gym) {
    return index.find(gym);
  }

  @Override
  public List<FloorPlan> all() {
    return index.all();
  }
}
