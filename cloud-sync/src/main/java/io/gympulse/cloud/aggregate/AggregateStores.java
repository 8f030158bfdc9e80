package io.gympulse.cloud.aggregate;

import io.gympulse.cloud.core.aggregate.Aggregates;
import io.gympulse.cloud.core.aggregate.Window.Horizon;
import io.gympulse.cloud.core.event.EventStore;
import io.gympulse.cloud.core.floorplan.FloorPlans;
import io.gympulse.cloud.core.gateway.Gateways;
import io.gympulse.cloud.core.store.CloudStore;
import java.time.Instant;
import java.util.function.Consumer;

/// The parts of the store that aggregation reads and writes.
///
/// @param together makes several writes at the cost of one, as [CloudStore#together] does
public record AggregateStores(
    EventStore events,
    Aggregates aggregates,
    Gateways gateways,
    FloorPlans floorPlans,
    Consumer<Runnable> together) {

  /// The windows that can be computed now, for all gateways.
  Horizon horizon(Instant now) {
    return Horizon.of(now, events.expiryTime(now));
  }

  public static AggregateStores of(CloudStore store) {
    return new AggregateStores(
        store.events(), store.aggregates(), store.gateways(), store.floorPlans(), store::together);
  }
}
