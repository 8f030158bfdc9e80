package io.gympulse.cloud.disturbed;

import io.gympulse.cloud.core.aggregate.BinCodec;
import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.event.EventStore.StoredEvent;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The contents of a store that do not depend on the order of arrival, as text.
record StoreContents(
    List<String> events,
    List<String> histories,
    List<String> states,
    List<String> coverage,
    List<String> aggregates) {

  static StoreContents in(CloudStore store) {
    Instant now = GymDay.afterwards();
    List<StoredEvent> events = new ArrayList<>();
    store.events().forEach(events::add);
    return new StoreContents(
        events.stream().map(StoredEvent::toString).toList(),
        GymDay.plan().machines().stream()
            .map(Machine::id)
            .flatMap(it -> store.events().history(it, Instant.EPOCH, now).stream())
            .map(Object::toString)
            .toList(),
        GymDay.plan().machines().stream()
            .flatMap(it -> store.current().find(GymDay.GATEWAY.gym(), it.id()).stream())
            .map(Object::toString)
            .toList(),
        store.gateways().all().stream().map(Gateway::coverage).map(Object::toString).toList(),
        GymDay.plan().machines().stream()
            .map(Machine::category)
            .distinct()
            .flatMap(it -> aggregates(store, it, now).stream())
            .map(it -> it.key() + " " + HexFormat.of().formatHex(BinCodec.encode(it.machines())))
            .toList());
  }

  private static List<CategoryBin> aggregates(CloudStore store, CategoryId category, Instant now) {
    return store.aggregates().range(GymDay.GATEWAY.gym(), category, Instant.EPOCH, now, now);
  }
}
