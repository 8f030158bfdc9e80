package io.gympulse.cloud.forecast;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.contract.id.GymId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The Lambda behind the queue that [RefitPlanner] fills: fits the models of the gyms in a batch.
/// Any number may run at once, also for the same gym. Messages that failed are named in the
/// response and delivered again by the queue.
public final class RefitWorker implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private static final Logger LOG = LoggerFactory.getLogger(RefitWorker.class);

  private final Refit refit;
  private final InstantSource clock;

  public RefitWorker(CloudStore store, InstantSource clock) {
    this.refit = new Refit(store);
    this.clock = clock;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, @Nullable Context context) {
    List<BatchItemFailure> failures = new ArrayList<>();
    for (SQSMessage message : event.getRecords()) {
      if (!refit(message)) {
        failures.add(new BatchItemFailure(message.getMessageId()));
      }
    }
    return new SQSBatchResponse(failures);
  }

  private boolean refit(SQSMessage message) {
    try {
      GymId gym = new GymId(message.getBody());
      LOG.info("forecasts: gym={} models={}", gym, refit.refit(gym, clock.instant()));
      return true;
    } catch (RuntimeException e) {
      LOG.warn("fitting forecasts of message {} failed: {}", message.getMessageId(), e.toString());
      return false;
    }
  }
}
