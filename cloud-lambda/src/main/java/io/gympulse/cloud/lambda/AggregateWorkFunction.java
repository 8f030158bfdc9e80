package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.gympulse.cloud.aggregate.AggregateStores;
import io.gympulse.cloud.aggregate.AggregateWorker;
import io.gympulse.cloud.lambda.telemetry.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Updates aggregates: behind the queue that [AggregateFunction] fills. The queue's
/// mapping has to ask for partial batch responses.
public final class AggregateWorkFunction implements RequestStreamHandler {
  private final AggregateWorker handler;
  private final Metrics metrics = Metrics.of("aggregate-work", Map::of);

  /// @throws IllegalStateException naming an environment variable that is missing
  public AggregateWorkFunction() {
    Composition composition = Composition.ofProcess();
    this.handler =
        new AggregateWorker(AggregateStores.of(composition.store()), composition.clock());
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    var gateways = SqsJson.read(input);
    SqsJson.write(
        Invocation.run(context, metrics, () -> handler.handleRequest(gateways, context)), output);
  }
}
