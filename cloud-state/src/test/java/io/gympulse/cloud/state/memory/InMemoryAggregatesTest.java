package io.gympulse.cloud.state.memory;

import io.gympulse.cloud.state.aggregate.Aggregates;
import io.gympulse.cloud.state.aggregate.AggregatesContract;

class InMemoryAggregatesTest extends AggregatesContract {
  private final Aggregates aggregates = new InMemoryAggregates();

  @Override
  protected Aggregates aggregates() {
    return aggregates;
  }
}
