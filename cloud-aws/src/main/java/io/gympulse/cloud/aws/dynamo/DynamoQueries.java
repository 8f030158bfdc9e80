package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.cloud.core.forecast.CategoryModel;
import io.gympulse.cloud.core.gateway.Gateway.GatewayPresence;
import io.gympulse.cloud.core.gateway.GatewayHealths.ReceivedHealth;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.cloud.core.query.AggregateQueries;
import io.gympulse.cloud.core.query.Branch;
import io.gympulse.cloud.core.query.Branch.BranchDetail;
import io.gympulse.cloud.core.query.Branch.BranchMachine;
import io.gympulse.cloud.core.query.Branch.BranchSummary;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Queries by key and partition; none scans a table. All reads are eventually consistent, at half
/// the price: a result may be stale by a moment. The owner of a machine may be stale by
/// [DynamoFloorPlans#STALENESS], as its plan.
///
/// Counts are computed from the machines of each gym at each query, not stored: a stored count
/// would cost a write per change of a machine, which is more than all reads of its gym.
record DynamoQueries(
    DynamoContext context,
    DynamoFloorPlans floorPlans,
    DynamoGateways gatewayRecords,
    DynamoGatewayHealths healths,
    DynamoEventStore events,
    DynamoAggregates bins,
    DynamoForecastModels models)
    implements CloudQueries,
        BranchQueries,
        MachineQueries,
        AggregateQueries,
        GatewayQueries,
        ForecastQueries {
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

  /// The machines of the page's gyms are read concurrently.
  @Override
  public Page<BranchSummary, GymId> summaries(Optional<GymId> after, int size) {
    int limit = Page.requireSize(size) + 1;
    List<BranchItem> found =
        context.reading().list(BranchItem.list(branchTable(), after, limit)).stream()
            .map(BranchItem::of)
            .toList();
    Page<BranchItem, GymId> page = Page.cut(found, size, it -> it.gym().id());
    List<GatewayId> ids = page.items().stream().map(BranchItem::gateway).toList();
    Map<GatewayId, GatewayPresence> presences = gatewayRecords.presences(ids);
    List<BranchSummary> summaries =
        context
            .parallel()
            .map(
                page.items(),
                it ->
                    BranchSummary.of(
                        new BranchDetail(
                            branch(it, Optional.ofNullable(presences.get(it.gateway()))),
                            onFloor(it.gym().id()))));
    return new Page<>(summaries, page.next());
  }

  @Override
  public Optional<BranchDetail> find(GymId gym) {
    Supplier<Optional<Item>> item =
        context
            .parallel()
            .start(() -> context.reading().get(branchTable(), BranchItem.key(gym), false));
    List<BranchMachine> machines = onFloor(gym);
    return item.get().map(it -> new BranchDetail(branch(it), machines));
  }

  @Override
  public Optional<MachineDetail> find(MachineId machine) {
    return floorPlans.owner(machine).flatMap(gym -> find(gym, machine));
  }

  private Optional<MachineDetail> find(GymId gym, MachineId machine) {
    Map<String, Item> items =
        context
            .reading()
            .getFromEach(
                Map.of(
                    branchTable(),
                    BranchItem.key(gym),
                    machineTable(),
                    CurrentStateItem.attributes(new CurrentState.Key(gym, machine))));
    Optional<Item> branch = Optional.ofNullable(items.get(branchTable()));
    return Optional.ofNullable(items.get(machineTable()))
        .flatMap(it -> CurrentStateItem.of(it).onFloor())
        .flatMap(found -> branch.map(it -> new MachineDetail(branch(it), found)));
  }

  @Override
  public List<HistoryEntry> history(MachineId machine, Instant from, Instant to) {
    return events.history(machine, from, to, false);
  }

  @Override
  public List<CategoryBin> range(
      GymId gym, CategoryId category, Instant from, Instant to, Instant now) {
    return bins.range(gym, category, from, to, now, false);
  }

  @Override
  public Optional<ReceivedHealth> health(GatewayId gateway) {
    return healths.find(gateway, false);
  }

  @Override
  public Optional<CategoryModel> model(GymId gym, CategoryId category) {
    return models.find(gym, category, false);
  }

  private String branchTable() {
    return context.tables().name(Tables.BRANCHES);
  }

  private String machineTable() {
    return context.tables().name(Tables.CURRENT_STATE);
  }

  private Branch branch(Item item) {
    BranchItem found = BranchItem.of(item);
    return branch(found, gatewayRecords.presence(found.gateway()));
  }

  private static Branch branch(BranchItem item, Optional<GatewayPresence> presence) {
    return new Branch(item.gym(), item.gateway(), presence);
  }

  /// In the order of the floor plan.
  private List<BranchMachine> onFloor(GymId gym) {
    List<CurrentStateItem> found = new ArrayList<>();
    context
        .reading()
        .query(CurrentStateItem.ofGym(machineTable(), gym, false))
        .forEach(it -> found.add(CurrentStateItem.of(it)));
    return found.stream()
        .filter(it -> it.place().isPresent())
        .sorted(Comparator.comparing(it -> it.place().orElseThrow().ordinal()))
        .flatMap(it -> it.onFloor().stream())
        .toList();
  }
}
