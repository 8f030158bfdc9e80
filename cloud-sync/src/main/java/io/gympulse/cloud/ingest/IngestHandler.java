package io.gympulse.cloud.ingest;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.gympulse.cloud.core.device.MetricPoints;
import io.gympulse.cloud.core.gateway.DevicePublisher;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.redrive.ExplainedFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The Lambda behind the queue that the topic rules fill. Each record's body is one rule's output.
/// Records that failed are named in the response and delivered again; the others are done.
///
/// Safe for any number of threads.
public final class IngestHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final Ingest ingest;
  private final Optional<CoalescingAcks> acks;

  /// @param publisher publishes acknowledgements and error reports
  /// @param offlineAfter how long a gateway may be silent before it counts as offline
  public IngestHandler(
      CloudStore store, DevicePublisher publisher, Duration offlineAfter, IngestCounters counters) {
    this(new Ingest(store, publisher, offlineAfter, counters), Optional.empty());
  }

  private IngestHandler(Ingest ingest, Optional<CoalescingAcks> acks) {
    this.ingest = ingest;
    this.acks = acks;
  }

  /// Stores gateways' measurements of themselves as metric points.
  public IngestHandler withMetrics(MetricPoints points) {
    return new IngestHandler(ingest.withMetrics(points), acks);
  }

  public IngestHandler withQuotaObserver(QuotaObserver observer) {
    return new IngestHandler(ingest.withQuotaObserver(observer), acks);
  }

  public IngestHandler withConflictObserver(OutboxConflictObserver observer) {
    return new IngestHandler(ingest.withConflictObserver(observer), acks);
  }

  public IngestHandler withHealthObserver(HealthObserver observer) {
    return new IngestHandler(ingest.withHealthObserver(observer), acks);
  }

  /// Delays acknowledgements of live events. The caller has to call
  /// [CoalescingAcks#publishDue] regularly.
  public IngestHandler withCoalescing(CoalescingAcks coalescing) {
    return new IngestHandler(ingest, Optional.of(coalescing));
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, @Nullable Context context) {
    List<Ingest.Delivery> deliveries =
        Stream.ofNullable(event.getRecords())
            .flatMap(List::stream)
            .map(it -> new Ingest.Delivery(it.getMessageId(), text(it.getBody())))
            .toList();
    Map<String, String> failed =
        acks.isPresent() ? ingest.process(deliveries, acks.get()) : ingest.process(deliveries);
    List<BatchItemFailure> failures = new ArrayList<>();
    failed.forEach((id, why) -> failures.add(new ExplainedFailure(id, why)));
    return new SQSBatchResponse(failures);
  }

  private static String text(@Nullable String body) {
    return body == null ? "" : body;
  }
}
