package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.gympulse.cloud.ingest.IngestCounters;
import io.gympulse.cloud.ingest.IngestHandler;
import io.gympulse.cloud.lambda.telemetry.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Ingest behind the queue that the topic rules fill. The queue's mapping has to ask for partial
/// batch responses.
public final class IngestQueueFunction implements RequestStreamHandler {
  private final IngestHandler handler;
  private final Metrics metrics;

  /// @throws IllegalStateException naming an environment variable that is missing
  public IngestQueueFunction() {
    IngestCounters counters = new IngestCounters();
    this.handler = Composition.ofProcess().ingest(counters);
    this.metrics = Metrics.of("ingest", () -> MetricCounts.of(counters));
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    var messages = SqsJson.read(input);
    SqsJson.write(
        Invocation.run(context, metrics, () -> handler.handleRequest(messages, context)), output);
  }
}
