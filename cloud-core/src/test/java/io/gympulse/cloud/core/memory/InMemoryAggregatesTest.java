package io.gympulse.cloud.core.memory;

import io.gympulse.cloud.core.aggregate.Aggregates;
import io.gympulse.cloud.core.aggregate.AggregatesContract;

class InMemoryAggregatesTest extends AggregatesContract {
  private final Aggregates aggregates = new InMemoryAggregates();

  @Override
  protected Aggregates aggregates() {
    return aggregates;
  }
}
