package io.gympulse.cloud.api.gyms;

import io.gympulse.cloud.api.config.ApiConfiguration;
import io.gympulse.cloud.api.gyms.BranchView.Presence;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.cloud.core.query.Branch;
import io.gympulse.cloud.core.query.Branch.BranchDetail;
import io.gympulse.cloud.core.query.Branch.BranchSummary;
import io.gympulse.cloud.core.query.BranchQueries;
import io.gympulse.cloud.core.query.MachineQueries;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The current occupancy of gyms, read at each call. Presence is computed for the time of the call,
/// since the process that marks silent gateways offline may be down. Every method may block, and
/// throws [io.gympulse.cloud.core.store.StoreUnavailableException] while the store cannot be read.
/// Thread-safe.
@Singleton
final class OccupancyService {
  private static final int PAGE = 100;

  private final BranchQueries branches;
  private final MachineQueries machines;
  private final InstantSource clock;
  private final Duration offlineAfter;

  /// A gym with its machines, in the order of the floor plan.
  record Occupancy(BranchView branch, List<MachineView> machines) {}

  OccupancyService(
      BranchQueries branches, MachineQueries machines, ApiConfiguration configuration) {
    this.branches = branches;
    this.machines = machines;
    this.clock = configuration.clock();
    this.offlineAfter = configuration.offlineAfter();
  }

  /// All gyms, in the order of their ids.
  List<BranchView> findAll() {
    List<BranchView> all = new ArrayList<>();
    Page.each(
        (Optional<GymId> after) -> branches.summaries(after, PAGE),
        page -> page.forEach(it -> all.add(BranchView.of(it, presence(it.branch())))));
    return all;
  }

  Optional<Occupancy> find(GymId gym) {
    return branches.find(gym).map(this::occupancy);
  }

  Optional<MachineView> find(MachineId machine) {
    return machines
        .find(machine)
        .map(it -> MachineView.of(it.machine(), it.branch(), presence(it.branch())));
  }

  private Occupancy occupancy(BranchDetail gym) {
    Presence presence = presence(gym.branch());
    return new Occupancy(
        BranchView.of(BranchSummary.of(gym), presence),
        gym.machines().stream().map(it -> MachineView.of(it, gym.branch(), presence)).toList());
  }

  private Presence presence(Branch branch) {
    return Presence.of(branch, clock.instant(), offlineAfter);
  }
}
