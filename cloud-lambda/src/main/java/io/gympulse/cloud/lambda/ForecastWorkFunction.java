package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.gympulse.cloud.forecast.RefitWorker;
import io.gympulse.cloud.lambda.telemetry.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Fits the models of forecasts: behind the queue that [ForecastFunction] fills. The queue's
/// mapping has to ask for partial batch responses.
public final class ForecastWorkFunction implements RequestStreamHandler {
  private final RefitWorker handler;
  private final Metrics metrics = Metrics.of("forecast-work", Map::of);

  /// @throws IllegalStateException naming an environment variable that is missing
  public ForecastWorkFunction() {
    Composition composition = Composition.ofProcess();
    this.handler = new RefitWorker(composition.store(), composition.clock());
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    var gyms = SqsJson.read(input);
    SqsJson.write(
        Invocation.run(context, metrics, () -> handler.handleRequest(gyms, context)), output);
  }
}
