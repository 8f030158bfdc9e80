package io.gympulse.cloud.api.gyms;

import io.gympulse.cloud.api.config.ApiConfiguration;
import io.gympulse.cloud.api.gyms.BranchView.Presence;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.store.CloudView;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reads the current occupancy of gyms from the cloud's store, at each call. Presence is computed
/// for the time of the call, since the process that marks silent gateways offline may be down.
/// Every method may block, and throws [io.gympulse.cloud.core.store.StoreUnavailableException]
/// while the store cannot be read. Thread-safe.
@Singleton
final class OccupancyService {
  private final CloudView view;
  private final InstantSource clock;
  private final Duration offlineAfter;

  OccupancyService(CloudView view, ApiConfiguration configuration) {
    this.view = view;
    this.clock = configuration.clock();
    this.offlineAfter = configuration.offlineAfter();
  }

  /// All gyms, in the order of their ids.
  List<GymOccupancy> findAll() {
    Map<GatewayId, Presence> presences = presences();
    return view.floorPlans().stream()
        .map(plan -> occupancy(plan, view.states(plan.gym().id()), presences))
        .toList();
  }

  Optional<GymOccupancy> find(GymId gym) {
    return view.floorPlans().stream()
        .filter(plan -> plan.gym().id().equals(gym))
        .findFirst()
        .map(plan -> occupancy(plan, view.states(gym), presences()));
  }

  /// The gym that has this machine, with the state of this machine only.
  Optional<GymOccupancy> find(MachineId machine) {
    return view.floorPlans().stream()
        .filter(plan -> plan.machine(machine).isPresent())
        .findFirst()
        .map(plan -> occupancy(plan, view.state(machine).stream().toList(), presences()));
  }

  private static GymOccupancy occupancy(
      FloorPlan plan, Collection<CurrentState> states, Map<GatewayId, Presence> presences) {
    return new GymOccupancy(
        plan,
        states.stream().collect(Collectors.toMap(CurrentState::machine, Function.identity())),
        presences.getOrDefault(plan.gateway(), Presence.UNKNOWN));
  }

  private Map<GatewayId, Presence> presences() {
    Instant now = clock.instant();
    return view.presences().stream()
        .collect(
            Collectors.toMap(
                it -> it.gateway().gateway(), it -> Presence.of(it, now, offlineAfter)));
  }
}
