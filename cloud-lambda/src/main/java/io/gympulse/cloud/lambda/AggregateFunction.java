package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.gympulse.cloud.aggregate.AggregatePlanner;
import io.gympulse.cloud.aggregate.AggregateStores;
import io.gympulse.cloud.lambda.telemetry.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Queues the gateways whose aggregates are due, for [AggregateWorkFunction]. Called each minute;
/// the content of its event is ignored.
public final class AggregateFunction implements RequestStreamHandler {
  /// The queue of gateway ids.
  static final String QUEUE_URL = "GYM_PULSE_AGGREGATE_QUEUE_URL";

  private final AggregatePlanner handler = planner(Composition.ofProcess());
  private final Metrics metrics = Metrics.of("aggregate", Map::of);

  /// Not in [Composition], so that functions without a queue need no SQS client in their package.
  ///
  /// @throws IllegalStateException naming an environment variable that is missing
  static AggregatePlanner planner(Composition base) {
    URI queue = base.environment().requiredUri(QUEUE_URL);
    return new AggregatePlanner(
        AggregateStores.of(base.store()), PipelineComposition.queue(base, queue), base.clock());
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    Invocation.run(
        context,
        metrics,
        () -> {
          handler.handleRequest(new ScheduledEvent(), context);
          return true;
        });
  }
}
