package io.gympulse.cloud.aggregate;

import io.gympulse.cloud.state.aggregate.Aggregates;
import io.gympulse.cloud.state.event.EventStore;
import io.gympulse.cloud.state.floor.FloorPlans;
import io.gympulse.cloud.state.gateway.Gateways;
import io.gympulse.cloud.state.store.CloudStore;

/// The parts of the store that aggregation reads and writes.
public record AggregateStores(
    EventStore events, Aggregates aggregates, Gateways gateways, FloorPlans floorPlans) {

  public static AggregateStores of(CloudStore store) {
    return new AggregateStores(
        store.events(), store.aggregates(), store.gateways(), store.floorPlans());
  }
}
