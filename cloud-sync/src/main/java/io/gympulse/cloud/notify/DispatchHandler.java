package io.gympulse.cloud.notify;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import io.gympulse.cloud.core.feed.FeedConsumer;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The Lambda behind the streams of the tables of current states and gateways. Hands every update
/// to every consumer; a consumer that fails does not keep the update from the others.
///
/// If records fail, the response names the first of them, from which on the stream delivers again.
/// A record that cannot be read counts as failed: it must not be skipped, since it may fire an
/// alert. Safe for any number of threads.
public final class DispatchHandler implements RequestHandler<DynamodbEvent, StreamsEventResponse> {
  private static final Logger LOG = LoggerFactory.getLogger(DispatchHandler.class);

  private final List<FeedConsumer> consumers;
  private final Function<DynamodbStreamRecord, Optional<FeedUpdate>> decoder;
  private final InstantSource clock;
  private final ConsumerCounters counters;

  /// @param decoder empty for a record without a visible change; throws
  ///     [StoreUnavailableException] for one that cannot be read
  public DispatchHandler(
      List<FeedConsumer> consumers,
      Function<DynamodbStreamRecord, Optional<FeedUpdate>> decoder,
      InstantSource clock,
      ConsumerCounters counters) {
    this.consumers = List.copyOf(consumers);
    this.decoder = decoder;
    this.clock = clock;
    this.counters = counters;
  }

  @Override
  public StreamsEventResponse handleRequest(DynamodbEvent event, @Nullable Context context) {
    List<BatchItemFailure> failures =
        event.getRecords().stream()
            .filter(it -> !dispatch(it))
            .map(it -> new BatchItemFailure(it.getDynamodb().getSequenceNumber()))
            .toList();
    return new StreamsEventResponse(failures.subList(0, Math.min(1, failures.size())));
  }

  private boolean dispatch(DynamodbStreamRecord stored) {
    Optional<FeedUpdate> update;
    try {
      update = decoder.apply(stored);
    } catch (StoreUnavailableException e) {
      counters.addUnreadable();
      LOG.error("record {} cannot be read", stored.getDynamodb().getSequenceNumber(), e);
      return false;
    }
    return update.map(it -> dispatch(it, clock.instant())).orElse(true);
  }

  /// @return whether every consumer succeeded
  private boolean dispatch(FeedUpdate update, Instant now) {
    boolean all = true;
    for (FeedConsumer consumer : consumers) {
      all &= consume(consumer, update, now);
    }
    return all;
  }

  private boolean consume(FeedConsumer consumer, FeedUpdate update, Instant now) {
    try {
      consumer.consume(update, now);
      counters.addSuccess(consumer);
      return true;
    } catch (RuntimeException e) {
      counters.addFailure(consumer);
      LOG.warn(
          "consumer {} failed for {}: {}",
          consumer.name(),
          update.correlationId(),
          e.getMessage(),
          e);
      return false;
    }
  }
}
