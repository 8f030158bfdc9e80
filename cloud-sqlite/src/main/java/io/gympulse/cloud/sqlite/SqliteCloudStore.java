package io.gympulse.cloud.sqlite;

import io.gympulse.cloud.core.aggregate.Aggregates;
import io.gympulse.cloud.core.alert.Alerts;
import io.gympulse.cloud.core.current.CurrentStates;
import io.gympulse.cloud.core.device.DeviceCounts;
import io.gympulse.cloud.core.event.EventStore;
import io.gympulse.cloud.core.event.ExpiryClock;
import io.gympulse.cloud.core.event.Retention;
import io.gympulse.cloud.core.feed.UpdateFeed;
import io.gympulse.cloud.core.feed.UpdateFeed.FeedCursor;
import io.gympulse.cloud.core.floorplan.FloorPlans;
import io.gympulse.cloud.core.floorplan.UnregisteredMachines;
import io.gympulse.cloud.core.forecast.ForecastModels;
import io.gympulse.cloud.core.gateway.GatewayHealths;
import io.gympulse.cloud.core.gateway.Gateways;
import io.gympulse.cloud.core.incident.Incidents;
import io.gympulse.cloud.core.query.CloudQueries;
import io.gympulse.cloud.core.store.CloudStore.WithFeed;
import io.gympulse.process.ProcessClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// The store in one SQLite file, of which this process is the only writer. A write is durable when
/// it returns (WAL, synchronous FULL).
public final class SqliteCloudStore implements WithFeed {
  private final Database database;
  private final Retention retention;
  private final Optional<ExpiryClock> expiryClock;
  private final FeedPositions positions;
  private final SqliteEventStore events;
  private final Gateways gateways;
  private final CurrentStates current;
  private final FloorPlans floorPlans;
  private final SqliteQueries queries;

  private SqliteCloudStore(
      Path file, Database database, Retention retention, Optional<ExpiryClock> expiryClock) {
    this.database = database;
    this.retention = retention;
    this.expiryClock = expiryClock;
    this.positions = new FeedPositions(database);
    this.events = new SqliteEventStore(database, retention);
    this.gateways = new SqliteGateways(database, positions);
    this.current = new SqliteCurrentStates(database, positions);
    this.floorPlans = new SqliteFloorPlans(database);
    this.queries = SqliteQueries.open(file, retention);
  }

  /// Opens the file, which is created if it does not exist, without expiry.
  ///
  /// @throws io.gympulse.cloud.core.store.StoreUnavailableException if it cannot be used
  public static SqliteCloudStore open(Path file) {
    return open(file, Retention.UNLIMITED);
  }

  /// Opens the file, which is made if it does not exist.
  ///
  /// @throws io.gympulse.cloud.core.store.StoreUnavailableException if it cannot be used
  public static SqliteCloudStore open(Path file, Retention retention) {
    Database database = DatabaseFile.openToWrite(file);
    try {
      return new SqliteCloudStore(file, database, retention, Optional.empty());
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /// Opens the file, which is created if it does not exist, for a process whose clock may be wrong:
  /// content expires by an [ExpiryClock], which does not run ahead of the times of gateways and the
  /// file.
  ///
  /// @throws io.gympulse.cloud.core.store.StoreUnavailableException if it cannot be used
  public static SqliteCloudStore open(Path file, ProcessClock clock) {
    Database database = DatabaseFile.openToWrite(file);
    try {
      ExpiryClock expiry = SqliteExpiryTime.clock(database, clock);
      return new SqliteCloudStore(file, database, Retention.by(expiry), Optional.of(expiry));
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  @Override
  public EventStore events() {
    return events;
  }

  @Override
  public GatewayHealths healths() {
    return new SqliteGatewayHealths(database);
  }

  @Override
  public CurrentStates current() {
    return current;
  }

  @Override
  public Gateways gateways() {
    return gateways;
  }

  @Override
  public Aggregates aggregates() {
    return new SqliteAggregates(database, retention);
  }

  @Override
  public ForecastModels forecasts() {
    return new SqliteForecastModels(database);
  }

  @Override
  public FloorPlans floorPlans() {
    return floorPlans;
  }

  @Override
  public UnregisteredMachines unregistered() {
    return new SqliteUnregisteredMachines(database);
  }

  /// Counts of devices, in the same file.
  public DeviceCounts deviceCounts() {
    return new SqliteDeviceCounts(database, retention);
  }

  /// Devices' measurements, in the same file.
  public SqliteMetricPoints metricPoints() {
    return new SqliteMetricPoints(database);
  }

  @Override
  public UpdateFeed feed() {
    return positions.feed();
  }

  public Alerts alerts() {
    return new SqliteAlerts(database);
  }

  public Incidents incidents() {
    return new SqliteIncidents(database);
  }

  /// Writes and flushes an unchanged value, to check that the store can be written and read.
  ///
  /// @throws io.gympulse.cloud.core.store.StoreUnavailableException if it cannot
  public void probe() {
    DatabaseFile.probe(database);
  }

  /// Removes expired content; to be called regularly.
  public SqliteExpiry expiry() {
    return new SqliteExpiry(database, retention);
  }

  /// Advances the expiry time by the process's clock, its monotonic clock and the gateways'
  /// messages; to be called every few seconds.
  ///
  /// @throws IllegalStateException if the store was not opened by a process's clock
  public ExpiryClock.Status observeTime(Instant now) {
    return expiryClock().advance(SqliteExpiryTime.lastContact(database, now));
  }

  /// The clock by which content expires.
  ///
  /// @throws IllegalStateException if the store was not opened by a process's clock
  public ExpiryClock expiryClock() {
    return expiryClock.orElseThrow(
        () -> new IllegalStateException("the store was opened without a process's clock"));
  }

  /// The position of a consumer of the feed.
  ///
  /// @param reader the consumer's name
  public FeedCursor cursor(String reader) {
    return new FeedPositions.Cursor(database, reader);
  }

  @Override
  public CloudQueries queries() {
    return queries;
  }

  @Override
  public void together(Runnable writes) {
    database.transaction(writes);
  }

  @Override
  public void close() {
    positions.close();
    queries.close();
    database.close();
  }
}
