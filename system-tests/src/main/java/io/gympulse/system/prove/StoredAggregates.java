package io.gympulse.system.prove;

import io.gympulse.cloud.core.aggregate.AggregationBacklog.DirtyWindow;
import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.CategoryBin.BinKey;
import io.gympulse.cloud.core.aggregate.Coverage;
import io.gympulse.cloud.core.aggregate.Coverage.Interval;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.event.EventStore.StoredEvent;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.MachineId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A gym's stored aggregates, and the stored data that they are computed from.
///
/// @param events by machine
/// @param covered time that the gateway's heartbeats have proven
/// @param computed the part of it that the aggregates reflect according to the gateway's record
/// @param late windows that are marked to be recomputed
record StoredAggregates(
    FloorPlan plan,
    Map<MachineId, List<StoredEvent>> events,
    List<Interval> covered,
    List<Interval> computed,
    Set<DirtyWindow> late,
    Map<BinKey, CategoryBin> bins) {
  private static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");

  static List<StoredAggregates> read(Path database, List<FloorPlan> plans) {
    try (CloudStore store = SqliteCloudStore.open(database)) {
      Map<MachineId, List<StoredEvent>> events = new HashMap<>();
      store
          .events()
          .forEach(
              it -> events.computeIfAbsent(it.event().machine(), _ -> new ArrayList<>()).add(it));
      return plans.stream().map(it -> read(store, it, events)).toList();
    }
  }

  private static StoredAggregates read(
      CloudStore store, FloorPlan plan, Map<MachineId, List<StoredEvent>> events) {
    Optional<Gateway> gateway = store.gateways().find(plan.gateway());
    Map<BinKey, CategoryBin> bins = new HashMap<>();
    Set<CategoryId> categories = new HashSet<>();
    plan.machines().stream().map(Machine::category).forEach(categories::add);
    for (CategoryId category : categories) {
      store
          .aggregates()
          .range(plan.gym().id(), category, Instant.EPOCH, END_OF_TIME, Instant.EPOCH)
          .forEach(it -> bins.put(it.key(), it));
    }
    return new StoredAggregates(
        plan,
        events,
        gateway.map(Gateway::coverage).orElse(Coverage.NONE).covered(),
        gateway.map(it -> it.backlog().computed()).orElse(Coverage.NONE).covered(),
        gateway.map(it -> Set.copyOf(it.backlog().dirty().keySet())).orElse(Set.of()),
        bins);
  }

  /// The stored bin of a machine; unknown if there is none.
  MachineBin bin(Machine machine, Window window) {
    BinKey key = new BinKey(plan.gym().id(), machine.category(), window);
    return Optional.ofNullable(bins.get(key))
        .map(CategoryBin::machines)
        .flatMap(it -> Optional.ofNullable(it.get(machine.id())))
        .orElse(MachineBin.UNKNOWN);
  }

  ReferenceAggregation reference(Machine machine) {
    return new ReferenceAggregation(events.getOrDefault(machine.id(), List.of()), covered);
  }
}
