package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.gympulse.cloud.forecast.RefitPlanner;
import io.gympulse.cloud.lambda.telemetry.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Queues the gyms whose night it is, for [ForecastWorkFunction]. Called each hour; the content of
/// its event is ignored.
public final class ForecastFunction implements RequestStreamHandler {
  /// The queue of gym ids.
  static final String QUEUE_URL = "GYM_PULSE_FORECAST_QUEUE_URL";

  private final RefitPlanner handler = planner(Composition.ofProcess());
  private final Metrics metrics = Metrics.of("forecast", Map::of);

  /// Not in [Composition], so that functions without a queue need no SQS client in their package.
  ///
  /// @throws IllegalStateException naming an environment variable that is missing
  static RefitPlanner planner(Composition base) {
    URI queue = base.environment().requiredUri(QUEUE_URL);
    return new RefitPlanner(
        base.store().floorPlans(), PipelineComposition.queue(base, queue), base.clock());
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
