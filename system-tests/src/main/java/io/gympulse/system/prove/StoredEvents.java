package io.gympulse.system.prove;

import io.gympulse.cloud.core.event.EventStore.StoredEvent;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import io.gympulse.cloud.sqlite.SqliteQueries;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Machine;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The events in the cloud's store, read in two ways: all events by id, and each machine's
/// history as the API reads it.
///
/// @param bounded events of which only bounds of their time are known
/// @param coalescedIds events that were coalesced into these
/// @param historyEntries the number of entries in all histories
record StoredEvents(
    List<ObservedEvent> events,
    Set<ObservedEvent.Id> bounded,
    Set<ObservedEvent.Id> coalescedIds,
    int historyEntries) {

  /// @throws io.gympulse.cloud.core.store.StoreUnavailableException if there is no such store
  static StoredEvents read(Path database, List<FloorPlan> plans) {
    int historyEntries = 0;
    try (SqliteQueries queries = SqliteQueries.open(database)) {
      for (FloorPlan plan : plans) {
        for (Machine machine : plan.machines()) {
          historyEntries +=
              queries
                  .machines()
                  .history(machine.id(), Instant.EPOCH, Instant.parse("9999-01-01T00:00:00Z"))
                  .size();
        }
      }
    }
    List<ObservedEvent> events = new ArrayList<>();
    Set<ObservedEvent.Id> bounded = new HashSet<>();
    Set<ObservedEvent.Id> coalescedIds = new HashSet<>();
    try (CloudStore store = SqliteCloudStore.open(database)) {
      store
          .events()
          .forEach(
              it -> {
                events.add(observed(it));
                long first = it.event().standsFor().first().value();
                for (long seq = first; seq < it.event().seq().value(); seq++) {
                  coalescedIds.add(new ObservedEvent.Id(it.outbox().value(), seq));
                }
                if (it.event().quality() == TimeQuality.BOUNDED) {
                  bounded.add(id(it));
                }
              });
    }
    return new StoredEvents(
        List.copyOf(events), Set.copyOf(bounded), Set.copyOf(coalescedIds), historyEntries);
  }

  private static ObservedEvent observed(StoredEvent stored) {
    return new ObservedEvent(
        id(stored),
        Optional.of(stored.event().at()),
        stored.event().machine().value(),
        stored.event().status().wireName(),
        stored.event().reason().map(UnknownReason::wireName).orElse(ObservedEvent.NO_REASON));
  }

  private static ObservedEvent.Id id(StoredEvent stored) {
    return new ObservedEvent.Id(stored.outbox().value(), stored.event().seq().value());
  }
}
