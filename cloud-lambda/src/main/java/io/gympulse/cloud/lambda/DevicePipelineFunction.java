package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.gympulse.cloud.http.HttpRoutes;
import io.gympulse.cloud.lambda.telemetry.Metrics;
import io.gympulse.cloud.pipeline.PipelineCounters;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// The device pipeline's HTTP API: behind the routes of an HTTP API, payload format 2.0.
public final class DevicePipelineFunction implements RequestStreamHandler {
  private final PipelineCounters counters = new PipelineCounters();
  private final HttpRoutes routes = PipelineComposition.routes(Composition.ofProcess(), counters);
  private final Metrics metrics = Metrics.of("devices", () -> MetricCounts.of(counters));

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    var request = HttpApiJson.read(input);
    HttpApiJson.write(
        Invocation.run(context, metrics, () -> routes.handleRequest(request, context)), output);
  }
}
