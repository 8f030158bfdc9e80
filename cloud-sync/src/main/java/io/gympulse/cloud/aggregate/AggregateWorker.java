package io.gympulse.cloud.aggregate;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.gympulse.contract.id.GatewayId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The Lambda behind the queue that [AggregatePlanner] fills: updates the aggregates of the
/// gateways in a batch, each by a bounded number of windows. Any number may run at once, also for
/// the same gateway. Messages that failed are named in the response and delivered again by the
/// queue.
public final class AggregateWorker implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private static final Logger LOG = LoggerFactory.getLogger(AggregateWorker.class);

  private final Aggregator aggregator;
  private final InstantSource clock;

  public AggregateWorker(AggregateStores stores, InstantSource clock) {
    this.aggregator = new Aggregator(stores);
    this.clock = clock;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, @Nullable Context context) {
    List<BatchItemFailure> failures = new ArrayList<>();
    for (SQSMessage message : event.getRecords()) {
      if (!aggregate(message)) {
        failures.add(new BatchItemFailure(message.getMessageId()));
      }
    }
    return new SQSBatchResponse(failures);
  }

  private boolean aggregate(SQSMessage message) {
    try {
      GatewayId gateway = new GatewayId(message.getBody());
      Aggregator.Outcome outcome = aggregator.aggregate(gateway, clock.instant());
      LOG.info(
          "aggregates: gateway={} written={} completed={}",
          gateway,
          outcome.written(),
          outcome.completed());
      return true;
    } catch (RuntimeException e) {
      LOG.warn("aggregation of message {} failed: {}", message.getMessageId(), e.toString());
      return false;
    }
  }
}
