package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import io.gympulse.cloud.ingest.IngestCounters;
import io.gympulse.cloud.ingest.IngestHandler;
import io.gympulse.cloud.lambda.telemetry.JsonLogging;
import io.gympulse.cloud.lambda.telemetry.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Ingest behind the queue that the topic rules fill; the queue's mapping has to ask for partial
/// batch responses.
public final class IngestQueueFunction implements RequestStreamHandler {
  private final IngestHandler handler;
  private final Metrics metrics;

  /// @throws IllegalStateException naming an environment variable that is missing
  public IngestQueueFunction() {
    JsonLogging.install();
    Composition composition = new Composition(Environment.ofProcess());
    IngestCounters counters = new IngestCounters();
    this.handler = composition.ingest(counters);
    this.metrics = Metrics.of("ingest", () -> Counts.of(counters));
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    SQSBatchResponse response =
        Invocation.run(context, metrics, () -> handler.handleRequest(SqsJson.read(input), context));
    SqsJson.write(response, output);
  }
}
