package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.gympulse.cloud.ingest.IngestCounters;
import io.gympulse.cloud.ingest.StreamIngestHandler;
import io.gympulse.cloud.lambda.telemetry.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Ingest behind a Kinesis stream that the topic rules fill, for fleets too large for a queue. The
/// stream's mapping has to ask for partial batch responses; it repeats from the first record that
/// failed, which is harmless. With a tumbling window, acknowledgements of live events are
/// coalesced.
public final class IngestStreamFunction implements RequestStreamHandler {
  private final StreamIngestHandler handler;
  private final Metrics metrics;

  /// @throws IllegalStateException naming an environment variable that is missing
  public IngestStreamFunction() {
    IngestCounters counters = new IngestCounters();
    this.handler = Composition.ofProcess().ingestStream(counters);
    this.metrics = Metrics.of("ingest", () -> MetricCounts.of(counters));
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    KinesisJson.write(
        Invocation.run(
            context, metrics, () -> handler.handleRequest(KinesisJson.read(input), context)),
        output);
  }
}
