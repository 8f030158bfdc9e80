package io.gympulse.cloud.sqlite;

import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.event.ExpiryTime;
import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.cloud.core.event.Retention;
import io.gympulse.cloud.core.forecast.CategoryModel;
import io.gympulse.cloud.core.gateway.GatewayHealths.ReceivedHealth;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.cloud.core.query.AggregateQueries;
import io.gympulse.cloud.core.query.Branch;
import io.gympulse.cloud.core.query.Branch.BranchDetail;
import io.gympulse.cloud.core.query.Branch.BranchSummary;
import io.gympulse.cloud.core.query.Branch.CategoryCounts;
import io.gympulse.cloud.core.query.Branch.MachineDetail;
import io.gympulse.cloud.core.query.BranchQueries;
import io.gympulse.cloud.core.query.CloudQueries;
import io.gympulse.cloud.core.query.ForecastQueries;
import io.gympulse.cloud.core.query.GatewayQueries;
import io.gympulse.cloud.core.query.MachineQueries;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The queries over a connection of their own, which neither waits for a writer nor delays one.
/// Each is one statement.
public final class SqliteQueries
    implements CloudQueries,
        BranchQueries,
        MachineQueries,
        AggregateQueries,
        GatewayQueries,
        ForecastQueries,
        AutoCloseable {
  /// A branch, the presence of its gateway, and its machines with their states.
  private static final String MACHINES =
      """
      SELECT branch.gym AS branch, branch.name AS branch_name, latitude, longitude, zone,
        branch.gateway AS branch_gateway, gateway.gateway, gateway.gym AS gateway_gym, online,
        gateway.since AS presence_since, last_heard, outbox_depth,
        place.machine AS place, place.name AS place_name, place.category AS place_category, x, y,
        state.*
      FROM branch
        JOIN branch_machine place ON place.gym = branch.gym
        LEFT JOIN gateway ON gateway.gateway = branch.gateway
        LEFT JOIN current_state state ON state.gym = place.gym AND state.machine = place.machine
      """;

  private static final String OF_GYM = MACHINES + "WHERE branch.gym = ? ORDER BY place.ordinal";

  private static final String OF_MACHINE = MACHINES + "WHERE place.machine = ?";

  /// A row per branch and category, for `?2` branches after `?1`.
  private static final String SUMMARIES =
      """
      SELECT branch.gym AS branch, branch.name AS branch_name, latitude, longitude, zone,
        branch.gateway AS branch_gateway, gateway.gateway, gateway.gym AS gateway_gym, online,
        gateway.since AS presence_since, last_heard, outbox_depth,
        place.category AS place_category, COUNT(*) AS total,
        COUNT(*) FILTER (WHERE state.status = 'free') AS free,
        COUNT(*) FILTER (WHERE state.status = 'occupied') AS occupied
      FROM (SELECT * FROM branch WHERE gym > ?1 ORDER BY gym LIMIT ?2) branch
        JOIN branch_machine place ON place.gym = branch.gym
        LEFT JOIN gateway ON gateway.gateway = branch.gateway
        LEFT JOIN current_state state ON state.gym = place.gym AND state.machine = place.machine
      GROUP BY branch.gym, place.category
      ORDER BY branch.gym, MIN(place.ordinal)
      """;

  private final Database database;
  private final Retention retention;

  private SqliteQueries(Database database, Retention retention) {
    this.database = database;
    this.retention = retention;
  }

  /// Opens the file beside the process that writes it. Without retention, since expired content is
  /// removed by that process.
  ///
  /// @throws io.gympulse.cloud.core.store.StoreUnavailableException if the file does not exist or
  ///     has a schema that this program does not support
  public static SqliteQueries open(Path file) {
    return open(file, Retention.UNLIMITED);
  }

  static SqliteQueries open(Path file, Retention retention) {
    return new SqliteQueries(DatabaseFile.openToRead(file), retention);
  }

  @Override
  public BranchQueries branches() {
    return this;
  }

  @Override
  public MachineQueries machines() {
    return this;
  }

  @Override
  public AggregateQueries aggregates() {
    return this;
  }

  @Override
  public GatewayQueries gateways() {
    return this;
  }

  @Override
  public ForecastQueries forecasts() {
    return this;
  }

  @Override
  public Page<BranchSummary, GymId> summaries(Optional<GymId> after, int size) {
    record OfCategory(Branch branch, CategoryCounts counts) {}
    List<OfCategory> rows =
        database.query(
            SUMMARIES,
            row ->
                new OfCategory(
                    Rows.branch(row),
                    new CategoryCounts(
                        new CategoryId(row.getString("place_category")),
                        row.getInt("total"),
                        row.getInt("free"),
                        row.getInt("occupied"))),
            after.map(GymId::value).orElse(""),
            Page.requireSize(size) + 1);
    Map<Branch, List<CategoryCounts>> byBranch = new LinkedHashMap<>();
    rows.forEach(
        it -> byBranch.computeIfAbsent(it.branch(), _ -> new ArrayList<>()).add(it.counts()));
    List<BranchSummary> found =
        byBranch.entrySet().stream()
            .map(it -> new BranchSummary(it.getKey(), it.getValue()))
            .toList();
    return Page.cut(found, size, it -> it.branch().gym().id());
  }

  @Override
  public Optional<BranchDetail> find(GymId gym) {
    List<MachineDetail> machines = database.query(OF_GYM, Rows::machine, gym.value());
    return machines.stream()
        .findFirst()
        .map(
            first ->
                new BranchDetail(
                    first.branch(), machines.stream().map(MachineDetail::machine).toList()));
  }

  @Override
  public Optional<MachineDetail> find(MachineId machine) {
    return database.query(OF_MACHINE, Rows::machine, machine.value()).stream().findFirst();
  }

  @Override
  public List<HistoryEntry> history(MachineId machine, Instant from, Instant to) {
    return SqliteEventStore.history(database, machine, retention.clamp(from), to);
  }

  /// Expires by the writing process's time, since this process's clock may be ahead of it.
  @Override
  public List<CategoryBin> range(
      GymId gym, CategoryId category, Instant from, Instant to, Instant now) {
    Instant latest =
        SqliteExpiryTime.read(database).map(ExpiryTime::new).map(it -> it.at(now)).orElse(now);
    return SqliteAggregates.range(database, gym, category, from, to, latest);
  }

  @Override
  public Optional<ReceivedHealth> health(GatewayId gateway) {
    return SqliteGatewayHealths.find(database, gateway);
  }

  @Override
  public Optional<CategoryModel> model(GymId gym, CategoryId category) {
    return SqliteForecastModels.find(database, gym, category);
  }

  @Override
  public void close() {
    database.close();
  }
}
