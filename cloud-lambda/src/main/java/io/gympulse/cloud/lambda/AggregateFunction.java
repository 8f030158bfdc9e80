package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.gympulse.cloud.aggregate.AggregatePlanner;
import io.gympulse.cloud.lambda.telemetry.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Queues the gateways whose aggregates are due, for [AggregateWorkFunction]. Called each minute;
/// its event says nothing.
public final class AggregateFunction implements RequestStreamHandler {
  private final AggregatePlanner handler = AggregateComposition.planner(Composition.ofProcess());
  private final Metrics metrics = Metrics.of("aggregate", Map::of);

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
