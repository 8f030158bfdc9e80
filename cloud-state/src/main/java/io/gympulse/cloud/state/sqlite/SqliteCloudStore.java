package io.gympulse.cloud.state.sqlite;

import io.gympulse.cloud.state.aggregate.Aggregates;
import io.gympulse.cloud.state.connection.Connections;
import io.gympulse.cloud.state.count.DeviceCounts;
import io.gympulse.cloud.state.current.CurrentStates;
import io.gympulse.cloud.state.event.EventStore;
import io.gympulse.cloud.state.feed.UpdateFeed;
import io.gympulse.cloud.state.floor.FloorPlans;
import io.gympulse.cloud.state.floor.UnregisteredMachines;
import io.gympulse.cloud.state.presence.Presences;
import io.gympulse.cloud.state.store.CloudStore;
import io.gympulse.cloud.state.store.CloudView;
import java.nio.file.Path;

/// The store in one file, of which this process is the only writer. A write is on the disk when it
/// returns (WAL, synchronous FULL).
public final class SqliteCloudStore implements CloudStore {
  private final Database database;
  private final FeedPositions positions;
  private final SqliteEventStore events;
  private final Presences presences;
  private final CurrentStates current;
  private final FloorPlans floorPlans;

  private SqliteCloudStore(Database database) {
    this.database = database;
    this.positions = new FeedPositions(database);
    this.events = new SqliteEventStore(database);
    this.presences = new SqlitePresences(database, positions);
    this.current = new SqliteCurrentStates(database, positions);
    this.floorPlans = new SqliteFloorPlans(database);
  }

  /// Opens the file, which is made if it does not exist.
  ///
  /// @throws io.gympulse.cloud.state.store.StoreUnavailableException if it cannot be used
  public static SqliteCloudStore open(Path file) {
    return new SqliteCloudStore(DatabaseFile.openToWrite(file));
  }

  @Override
  public EventStore events() {
    return events;
  }

  @Override
  public CurrentStates current() {
    return current;
  }

  @Override
  public Presences presences() {
    return presences;
  }

  @Override
  public Aggregates aggregates() {
    return new SqliteAggregates(database);
  }

  @Override
  public FloorPlans floorPlans() {
    return floorPlans;
  }

  @Override
  public UnregisteredMachines unregistered() {
    return new SqliteUnregisteredMachines(database);
  }

  /// Items counted per date, in the same file.
  public DeviceCounts deviceCounts() {
    return new SqliteDeviceCounts(database);
  }

  /// Devices' measurements, in the same file.
  public SqliteMetricPoints metricPoints() {
    return new SqliteMetricPoints(database);
  }

  /// Open stream connections, in the same file.
  public Connections connections() {
    return new SqliteConnections(database);
  }

  @Override
  public UpdateFeed feed() {
    return positions.feed();
  }

  @Override
  public CloudView view() {
    return new SqliteCloudView(database);
  }

  @Override
  public void together(Runnable writes) {
    database.transaction(writes);
  }

  @Override
  public void close() {
    positions.close();
    database.close();
  }
}
