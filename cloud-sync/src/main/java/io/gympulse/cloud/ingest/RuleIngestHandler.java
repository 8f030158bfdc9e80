package io.gympulse.cloud.ingest;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.gympulse.cloud.core.device.MetricPoints;
import io.gympulse.cloud.core.gateway.DevicePublisher;
import io.gympulse.cloud.core.store.CloudStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The Lambda that a topic rule calls directly, without a queue: the shortest path, for small
/// fleets. Its input is one rule's output. If the message fails, the call fails, so that Lambda
/// calls it again, twice by default, and then sends the message to the function's failure
/// destination.
///
/// Safe for any number of threads.
public final class RuleIngestHandler implements RequestStreamHandler {
  private final Ingest ingest;

  /// @param publisher publishes acknowledgements and error reports
  /// @param offlineAfter how long a gateway may be silent before it counts as offline
  public RuleIngestHandler(
      CloudStore store, DevicePublisher publisher, Duration offlineAfter, IngestCounters counters) {
    this(new Ingest(store, publisher, offlineAfter, counters));
  }

  private RuleIngestHandler(Ingest ingest) {
    this.ingest = ingest;
  }

  /// Stores gateways' measurements of themselves as metric points.
  public RuleIngestHandler withMetrics(MetricPoints points) {
    return new RuleIngestHandler(ingest.withMetrics(points));
  }

  /// @throws IllegalStateException if the message has to be delivered again
  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    String text = new String(input.readAllBytes(), StandardCharsets.UTF_8);
    if (!ingest.process(List.of(new Ingest.Delivery("message", text))).isEmpty()) {
      throw new IllegalStateException("the message was not stored or not answered; call again");
    }
    output.write("null".getBytes(StandardCharsets.UTF_8));
  }
}
