package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.gympulse.cloud.ingest.IngestCounters;
import io.gympulse.cloud.ingest.IngestHandler;
import io.gympulse.cloud.lambda.telemetry.Metrics;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Ingest as all functions run it that bring it messages, whatever brings them.
final class IngestFunction {
  private final IngestHandler handler;
  private final Metrics metrics;

  private IngestFunction(IngestHandler handler, Metrics metrics) {
    this.handler = handler;
    this.metrics = metrics;
  }

  /// @throws IllegalStateException naming an environment variable that is missing
  static IngestFunction ofProcess() {
    Composition composition = Composition.ofProcess();
    IngestCounters counters = new IngestCounters();
    return new IngestFunction(
        composition.ingest(counters), Metrics.of("ingest", () -> Counts.of(counters)));
  }

  SQSBatchResponse take(SQSEvent messages, @Nullable Context context) throws IOException {
    return Invocation.run(context, metrics, () -> handler.handleRequest(messages, context));
  }
}
