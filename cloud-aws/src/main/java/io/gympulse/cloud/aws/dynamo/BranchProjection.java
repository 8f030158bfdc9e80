package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Writes what [DynamoQueries] reads of a floor plan: the gym's item in the table of branches and
/// the places of its machines in the table of current states. Only what differs from the stored
/// items is written.
///
/// The writes are not atomic: until [#write] returns, readers may see some machines as on the
/// earlier plan. A gym is listed once all its places are written, and no longer before the first is
/// removed. Repeating a run that failed completes it.
final class BranchProjection {
  private final String branches;
  private final String machines;
  private final DynamoContext context;

  BranchProjection(DynamoContext context) {
    this.branches = context.tables().name(Tables.BRANCHES);
    this.machines = context.tables().name(Tables.CURRENT_STATE);
    this.context = context;
  }

  /// What is stored of a gym: of its plan, or partly of an earlier one after a run that failed.
  record Projected(GymId gym, Optional<BranchItem> branch, Map<MachineId, MachinePlace> places) {
    /// The claims of the plans that it comes from.
    Set<String> claims() {
      Set<String> claims = new HashSet<>();
      branch.ifPresent(it -> claims.add(FloorPlanClaims.name(it.gateway())));
      places.keySet().forEach(it -> claims.add(FloorPlanClaims.name(it)));
      return claims;
    }
  }

  Projected read(GymId gym) {
    Map<MachineId, MachinePlace> places = new HashMap<>();
    context
        .reading()
        .query(CurrentStateItem.ofGym(machines, gym, true))
        .forEach(
            item -> {
              CurrentStateItem found = CurrentStateItem.of(item);
              found.place().ifPresent(it -> places.put(found.key().machine(), it));
            });
    return new Projected(
        gym, context.reading().get(branches, BranchItem.key(gym)).map(BranchItem::of), places);
  }

  /// @param stored what was read a moment ago
  /// @param plan the gym's plan; empty if it has none any more
  void write(Projected stored, Optional<FloorPlan> plan) {
    if (plan.isEmpty() && stored.branch().isPresent()) {
      var key = BranchItem.key(stored.gym());
      context.calls().call(it -> it.deleteItem(delete -> delete.tableName(branches).key(key)));
    }
    writePlaces(stored, plan.map(MachinePlace::of).orElse(Map.of()));
    Optional<BranchItem> branch = plan.map(BranchItem::of);
    if (branch.isPresent() && !stored.branch().equals(branch)) {
      var item = branch.get().attributes();
      context.calls().call(it -> it.putItem(put -> put.tableName(branches).item(item)));
    }
  }

  private void writePlaces(Projected stored, Map<MachineId, MachinePlace> wanted) {
    Set<MachineId> different = new HashSet<>(stored.places().keySet());
    different.addAll(wanted.keySet());
    different.removeIf(it -> Objects.equals(stored.places().get(it), wanted.get(it)));
    context
        .parallel()
        .forEach(
            different,
            it -> {
              CurrentState.Key key = new CurrentState.Key(stored.gym(), it);
              Optional.ofNullable(wanted.get(it))
                  .ifPresentOrElse(place -> update(key, place.update()), () -> remove(key));
            });
  }

  private void update(CurrentState.Key key, ItemUpdate change) {
    var request = change.request(machines, CurrentStateItem.attributes(key));
    context.calls().call(it -> it.updateItem(request));
  }

  /// An item with a state, which may have been written a moment ago, loses its place only.
  private void remove(CurrentState.Key key) {
    var delete = CurrentStateItem.deleteWithoutState(machines, key);
    if (!context.calls().callIf(it -> it.deleteItem(delete))) {
      update(key, MachinePlace.ABSENT);
    }
  }
}
