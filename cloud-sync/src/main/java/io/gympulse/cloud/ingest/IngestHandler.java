package io.gympulse.cloud.ingest;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.gympulse.cloud.core.gateway.DevicePublisher;
import io.gympulse.cloud.core.metric.MetricPoints;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.redrive.ExplainedFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The Lambda behind the queue that the topic rules fill. Each record's body is one rule's output;
/// records that failed are named in the answer and come again, the others are done with.
///
/// Safe for any number of threads.
public final class IngestHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final Ingest ingest;
  private final Optional<HeldAcknowledgements> held;

  /// @param publisher takes acknowledgements and rejections
  /// @param offlineAfter how long a gateway may be silent and still count as online
  public IngestHandler(
      CloudStore store, DevicePublisher publisher, Duration offlineAfter, IngestCounters counters) {
    this(new Ingest(store, publisher, offlineAfter, counters), Optional.empty());
  }

  private IngestHandler(Ingest ingest, Optional<HeldAcknowledgements> held) {
    this.ingest = ingest;
    this.held = held;
  }

  /// The same, with what gateways tell of themselves in their heartbeats kept there.
  public IngestHandler measuring(MetricPoints points) {
    return new IngestHandler(ingest.measuring(points), held);
  }

  /// The same, with gateways that send more than one may reported there.
  public IngestHandler watched(QuotaObserver observer) {
    return new IngestHandler(ingest.watched(observer), held);
  }

  /// The same, with what the store refused of copied outboxes reported there.
  public IngestHandler reporting(OutboxConflicts conflicts) {
    return new IngestHandler(ingest.reporting(conflicts), held);
  }

  /// The same, with acknowledgements of live events held there. Whoever gives it has to see that
  /// what is due is published.
  public IngestHandler holding(HeldAcknowledgements acknowledgements) {
    return new IngestHandler(ingest, Optional.of(acknowledgements));
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, @Nullable Context context) {
    List<Ingest.Delivery> deliveries =
        Stream.ofNullable(event.getRecords())
            .flatMap(List::stream)
            .map(it -> new Ingest.Delivery(it.getMessageId(), text(it.getBody())))
            .toList();
    Map<String, String> failed =
        held.isPresent() ? ingest.take(deliveries, held.get()) : ingest.take(deliveries);
    List<BatchItemFailure> failures = new ArrayList<>();
    failed.forEach((id, why) -> failures.add(new ExplainedFailure(id, why)));
    return new SQSBatchResponse(failures);
  }

  private static String text(@Nullable String body) {
    return body == null ? "" : body;
  }
}
