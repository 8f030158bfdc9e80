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

/// Ingest behind a Kinesis stream that the topic rules fill, for fleets beyond a queue. The
/// stream's mapping has to ask for partial batch responses; it begins again at the first record
/// that failed, and what is ingested twice does no harm. With a tumbling window, live events are
/// acknowledged together.
public final class IngestStreamFunction implements RequestStreamHandler {
  private final StreamIngestHandler handler;
  private final Metrics metrics;

  /// @throws IllegalStateException naming an environment variable that is missing
  public IngestStreamFunction() {
    IngestCounters counters = new IngestCounters();
    this.handler = Composition.ofProcess().ingestStream(counters);
    this.metrics = Metrics.of("ingest", () -> Counts.of(counters));
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    StreamJson.write(
        Invocation.run(
            context, metrics, () -> handler.handleRequest(StreamJson.read(input), context)),
        output);
  }
}
