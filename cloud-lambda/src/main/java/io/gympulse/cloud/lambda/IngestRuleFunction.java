package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.gympulse.cloud.ingest.IngestCounters;
import io.gympulse.cloud.ingest.RuleIngestHandler;
import io.gympulse.cloud.lambda.telemetry.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Ingest called directly by a topic rule, without the latency of a queue. Failures are thrown, so
/// that Lambda's asynchronous invocation retries and finally sends the message to the function's
/// dead-letter destination.
public final class IngestRuleFunction implements RequestStreamHandler {
  private final IngestCounters counters = new IngestCounters();
  private final RuleIngestHandler handler = Composition.ofProcess().ingestRule(counters);
  private final Metrics metrics = Metrics.of("ingest", () -> MetricCounts.of(counters));

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    Invocation.run(
        context,
        metrics,
        () -> {
          handler.handleRequest(input, output, context);
          return true;
        });
  }
}
