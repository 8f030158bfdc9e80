package io.gympulse.cloud.api.gyms;

import io.gympulse.cloud.api.setting.ApiConfiguration;
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

/// Gyms as they stand now, read from the cloud's store at each call. Presence is judged by the time
/// of the call: the process that marks silent gateways offline may be the one that is down. Every
/// method may block, and throws [io.gympulse.cloud.core.store.StoreUnavailableException] while the
/// store is not there. Safe for any number of threads.
@Singleton
final class Floors {
  private final CloudView view;
  private final InstantSource clock;
  private final Duration offlineAfter;

  Floors(CloudView view, ApiConfiguration configuration) {
    this.view = view;
    this.clock = configuration.clock();
    this.offlineAfter = configuration.offlineAfter();
  }

  /// By gym id.
  List<Floor> all() {
    Map<GatewayId, PresenceView> presences = presences();
    return view.floorPlans().stream()
        .map(plan -> floor(plan, view.states(plan.gym().id()), presences))
        .toList();
  }

  Optional<Floor> of(GymId gym) {
    return view.floorPlans().stream()
        .filter(plan -> plan.gym().id().equals(gym))
        .findFirst()
        .map(plan -> floor(plan, view.states(gym), presences()));
  }

  /// The floor on which this machine stands, with the state of this machine only.
  Optional<Floor> of(MachineId machine) {
    return view.floorPlans().stream()
        .filter(plan -> plan.machine(machine).isPresent())
        .findFirst()
        .map(plan -> floor(plan, view.state(machine).stream().toList(), presences()));
  }

  private static Floor floor(
      FloorPlan plan, Collection<CurrentState> states, Map<GatewayId, PresenceView> presences) {
    return new Floor(
        plan,
        states.stream().collect(Collectors.toMap(CurrentState::machine, Function.identity())),
        presences.getOrDefault(plan.gateway(), PresenceView.NEVER_HEARD));
  }

  private Map<GatewayId, PresenceView> presences() {
    Instant now = clock.instant();
    return view.presences().stream()
        .collect(
            Collectors.toMap(
                it -> it.gateway().gateway(), it -> PresenceView.of(it, now, offlineAfter)));
  }
}
