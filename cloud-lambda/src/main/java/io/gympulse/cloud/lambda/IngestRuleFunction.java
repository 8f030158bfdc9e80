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

/// Ingest called by a topic rule itself, for what shall not wait for a queue. What fails is thrown,
/// so that Lambda's asynchronous invocation tries it again and sends it to the function's
/// dead-letter destination in the end.
public final class IngestRuleFunction implements RequestStreamHandler {
  private final IngestCounters counters = new IngestCounters();
  private final RuleIngestHandler handler = Composition.ofProcess().ingestRule(counters);
  private final Metrics metrics = Metrics.of("ingest", () -> Counts.of(counters));

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
