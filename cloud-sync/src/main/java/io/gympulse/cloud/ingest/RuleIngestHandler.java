package io.gympulse.cloud.ingest;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.gympulse.cloud.core.gateway.DevicePublisher;
import io.gympulse.cloud.core.metric.MetricPoints;
import io.gympulse.cloud.core.store.CloudStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The Lambda that a topic rule calls itself, without a queue in between: the shortest way, for
/// small fleets. Its input is one rule's output. A message that failed makes the call fail, so that
/// it is called again, twice by default; then the function's failure destination has it.
///
/// Safe for any number of threads.
public final class RuleIngestHandler implements RequestStreamHandler {
  private final Ingest ingest;

  /// @param publisher takes acknowledgements and rejections
  /// @param offlineAfter how long a gateway may be silent and still count as online
  public RuleIngestHandler(
      CloudStore store, DevicePublisher publisher, Duration offlineAfter, IngestCounters counters) {
    this(new Ingest(store, publisher, offlineAfter, counters));
  }

  private RuleIngestHandler(Ingest ingest) {
    this.ingest = ingest;
  }

  /// The same, with what gateways tell of themselves in their heartbeats kept there.
  public RuleIngestHandler measuring(MetricPoints points) {
    return new RuleIngestHandler(ingest.measuring(points));
  }

  /// @throws IllegalStateException if the message has to come again
  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    String text = new String(input.readAllBytes(), StandardCharsets.UTF_8);
    if (!ingest.take(List.of(new Ingest.Delivery("message", text))).isEmpty()) {
      throw new IllegalStateException("the message was not stored or not answered; call again");
    }
    output.write("null".getBytes(StandardCharsets.UTF_8));
  }
}
