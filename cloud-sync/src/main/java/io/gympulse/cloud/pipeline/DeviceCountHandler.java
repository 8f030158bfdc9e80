package io.gympulse.cloud.pipeline;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.gympulse.cloud.core.device.DeviceCounts;
import io.gympulse.cloud.core.device.DeviceCounts.DeviceItem;
import io.gympulse.cloud.http.ApiError.RejectedException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The Lambda behind the queue of items: counts each once. Messages that failed are named in the
/// response and delivered again; an unreadable one ends as a dead letter. Safe for any number of
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
    Map<String, DeviceItem> items = new LinkedHashMap<>();
    Set<String> failed = new LinkedHashSet<>();
    for (SQSMessage message : event.getRecords()) {
      decoded(message)
          .ifPresentOrElse(
              it -> items.put(message.getMessageId(), it),
              () -> failed.add(message.getMessageId()));
    }
    failed.addAll(count(items));
    counters.failedDeliveries(failed.size());
    return new SQSBatchResponse(failed.stream().map(BatchItemFailure::new).toList());
  }

  private static Optional<DeviceItem> decoded(SQSMessage message) {
    try {
      return Optional.of(ItemCodec.decode(message.getBody()));
    } catch (RejectedException e) {
      LOG.warn(
          "message {} is not an item: {} {}",
          message.getMessageId(),
          e.error().field().orElse(""),
          e.error().message());
      return Optional.empty();
    }
  }

  /// Counts them together, or one by one if that fails, so that one item does not hold up the
  /// others.
  ///
  /// @return the messages whose items are not counted
  private Set<String> count(Map<String, DeviceItem> items) {
    try {
      counts.addEachOnce(List.copyOf(items.values()), clock.instant()).forEach(counters::delivered);
      return Set.of();
    } catch (RuntimeException e) {
      LOG.warn("counting {} items together failed, counting one by one", items.size(), e);
      Set<String> failed = new LinkedHashSet<>(items.keySet());
      failed.removeIf(it -> counted(it, Objects.requireNonNull(items.get(it))));
      return failed;
    }
  }

  private boolean counted(String message, DeviceItem item) {
    try {
      counters.delivered(counts.addOnce(item, clock.instant()));
      return true;
    } catch (RuntimeException e) {
      LOG.warn("message {} not counted: {}", message, e.toString());
      return false;
    }
  }
}
