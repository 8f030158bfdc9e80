package io.gympulse.cloud.sqlite;

import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.event.ExpiryTime;
import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.cloud.core.event.Retention;
import io.gympulse.cloud.core.gateway.GatewayPresence;
import io.gympulse.cloud.core.store.CloudView;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads the store's file while another process may be writing it.
public final class SqliteCloudView implements CloudView, AutoCloseable {
  private final Database database;
  private final Retention retention;

  SqliteCloudView(Database database, Retention retention) {
    this.database = database;
    this.retention = retention;
  }

  /// @throws io.gympulse.cloud.core.store.StoreUnavailableException if the file does not exist yet
  ///     or has a schema that this program does not support; retry later
  public static SqliteCloudView open(Path file) {
    return new SqliteCloudView(DatabaseFile.openToRead(file), Retention.UNLIMITED);
  }

  @Override
  public List<FloorPlan> floorPlans() {
    return SqliteFloorPlans.all(database);
  }

  @Override
  public Optional<CurrentState> state(MachineId machine) {
    return SqliteCurrentStates.find(database, machine);
  }

  @Override
  public List<CurrentState> states(GymId gym) {
    return SqliteCurrentStates.ofGym(database, gym);
  }

  @Override
  public List<GatewayPresence> presences() {
    return SqliteGateways.presences(database);
  }

  @Override
  public List<HistoryEntry> history(MachineId machine, Instant from, Instant to) {
    return SqliteEventStore.history(database, machine, retention.clamp(from), to);
  }

  @Override
  public List<CategoryBin> aggregates(
      GymId gym, CategoryId category, Instant from, Instant to, Instant now) {
    // The writing process's expiry time: this process's clock may be ahead of it.
    Instant latest =
        SqliteExpiryTime.read(database).map(ExpiryTime::new).map(it -> it.at(now)).orElse(now);
    return SqliteAggregates.range(database, gym, category, from, to, latest);
  }

  @Override
  public void close() {
    database.close();
  }
}
