package io.gympulse.cloud.pipeline;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.gympulse.cloud.http.Refusal;
import io.gympulse.cloud.state.count.DeviceCounts;
import io.gympulse.cloud.state.store.StoreUnavailableException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The Lambda behind the queue of items: counts each once. Messages that failed are named in the
/// answer and come again; one that can never be read ends as a dead letter. Safe for any number of
/// threads.
public final class DeviceCountHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceCountHandler.class);

  private final DeviceCounts counts;
  private final InstantSource clock;
  private final PipelineCounters counters;

  public DeviceCountHandler(DeviceCounts counts, InstantSource clock, PipelineCounters counters) {
    this.counts = counts;
    this.clock = clock;
    this.counters = counters;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, @Nullable Context context) {
    return new SQSBatchResponse(
        event.getRecords().stream()
            .filter(it -> !counted(it))
            .map(it -> new BatchItemFailure(it.getMessageId()))
            .toList());
  }

  private boolean counted(SQSMessage message) {
    try {
      counters.delivered(counts.addOnce(ItemCodec.decode(message.getBody()), clock.instant()));
      return true;
    } catch (Refusal e) {
      LOG.warn(
          "message {} is no item: {} {}",
          message.getMessageId(),
          e.fault().field().orElse(""),
          e.fault().message());
    } catch (StoreUnavailableException e) {
      LOG.warn("message {} is not counted: {}", message.getMessageId(), e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("message {} is not counted", message.getMessageId(), e);
    }
    counters.failedDelivery();
    return false;
  }
}
