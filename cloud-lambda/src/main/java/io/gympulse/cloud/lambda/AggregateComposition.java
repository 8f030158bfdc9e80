package io.gympulse.cloud.lambda;

import io.gympulse.cloud.aggregate.AggregatePlanner;
import io.gympulse.cloud.aggregate.AggregateStores;
import java.net.URI;

/// The composition of the schedule of aggregation, apart from [Composition] so that functions
/// without a queue need no client of SQS in their package.
final class AggregateComposition {
  /// Takes ids of gateways.
  static final String QUEUE_URL = "GYM_PULSE_AGGREGATE_QUEUE_URL";

  private AggregateComposition() {}

  /// @throws IllegalStateException naming an environment variable that is missing
  static AggregatePlanner planner(Composition base) {
    URI queue = base.environment().requiredUri(QUEUE_URL);
    return new AggregatePlanner(
        AggregateStores.of(base.store()), PipelineComposition.queue(base, queue), base.clock());
  }
}
