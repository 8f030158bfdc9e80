package io.gympulse.system.prove;

import io.gympulse.cloud.core.event.StoredEvent;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import io.gympulse.cloud.sqlite.SqliteCloudView;
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

/// What two readers of the cloud's store find: one meets every event by its name, the other reads
/// each machine's history as members do.
///
/// @param bounded those of which only bounds of their time are known
/// @param answeredFor names of events that these stand for beside themselves
/// @param inHistories entries in all histories together
record StoredEvents(
    List<SeenEvent> events, Set<EventName> bounded, Set<EventName> answeredFor, int inHistories) {

  /// @throws io.gympulse.cloud.core.store.StoreUnavailableException if there is no such store
  static StoredEvents read(Path database, List<FloorPlan> plans) {
    int inHistories = 0;
    try (SqliteCloudView view = SqliteCloudView.open(database)) {
      for (FloorPlan plan : plans) {
        for (Machine machine : plan.machines()) {
          inHistories +=
              view.history(machine.id(), Instant.EPOCH, Instant.parse("9999-01-01T00:00:00Z"))
                  .size();
        }
      }
    }
    List<SeenEvent> events = new ArrayList<>();
    Set<EventName> bounded = new HashSet<>();
    Set<EventName> answeredFor = new HashSet<>();
    try (CloudStore store = SqliteCloudStore.open(database)) {
      store
          .events()
          .forEach(
              it -> {
                events.add(seen(it));
                long first = it.event().standsFor().first().value();
                for (long seq = first; seq < it.event().seq().value(); seq++) {
                  answeredFor.add(new EventName(it.outbox().value(), seq));
                }
                if (it.event().quality() == TimeQuality.BOUNDED) {
                  bounded.add(name(it));
                }
              });
    }
    return new StoredEvents(
        List.copyOf(events), Set.copyOf(bounded), Set.copyOf(answeredFor), inHistories);
  }

  private static SeenEvent seen(StoredEvent stored) {
    return new SeenEvent(
        name(stored),
        Optional.of(stored.event().at()),
        stored.event().machine().value(),
        stored.event().status().wireName(),
        stored.event().reason().map(UnknownReason::wireName).orElse(SeenEvent.NO_REASON));
  }

  private static EventName name(StoredEvent stored) {
    return new EventName(stored.outbox().value(), stored.event().seq().value());
  }
}
