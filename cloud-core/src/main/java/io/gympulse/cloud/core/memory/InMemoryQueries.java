package io.gympulse.cloud.core.memory;

import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.cloud.core.forecast.CategoryModel;
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
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Queries of a store in memory, computed from its other ports.
record InMemoryQueries(InMemoryCloudStore store)
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

  @Override
  public Page<BranchSummary, GymId> summaries(Optional<GymId> after, int size) {
    List<BranchSummary> found =
        store.floorPlans().all().stream()
            .filter(it -> after.isEmpty() || it.gym().id().compareTo(after.get()) > 0)
            .limit(size + 1L)
            .map(it -> BranchSummary.of(detail(it)))
            .toList();
    return Page.cut(found, size, it -> it.branch().gym().id());
  }

  @Override
  public Optional<BranchDetail> find(GymId gym) {
    return store.floorPlans().find(gym).map(this::detail);
  }

  @Override
  public Optional<MachineDetail> find(MachineId machine) {
    return store
        .floorPlans()
        .locate(machine)
        .flatMap(
            it ->
                store
                    .floorPlans()
                    .find(it.owner().gym())
                    .map(plan -> new MachineDetail(branch(plan), machine(plan, it.machine()))));
  }

  @Override
  public List<HistoryEntry> history(MachineId machine, Instant from, Instant to) {
    return store.events().history(machine, from, to);
  }

  @Override
  public List<CategoryBin> range(
      GymId gym, CategoryId category, Instant from, Instant to, Instant now) {
    return store.aggregates().range(gym, category, from, to, now);
  }

  @Override
  public Optional<ReceivedHealth> health(GatewayId gateway) {
    return store.healths().find(gateway);
  }

  @Override
  public Optional<CategoryModel> model(GymId gym, CategoryId category) {
    return store.forecasts().find(gym, category);
  }

  private BranchDetail detail(FloorPlan plan) {
    return new BranchDetail(
        branch(plan), plan.machines().stream().map(it -> machine(plan, it)).toList());
  }

  private Branch branch(FloorPlan plan) {
    return Branch.of(plan, store.gateways().find(plan.gateway()).flatMap(it -> it.presence()));
  }

  private BranchMachine machine(FloorPlan plan, Machine machine) {
    return BranchMachine.of(machine, store.current().find(plan.gym().id(), machine.id()));
  }
}
