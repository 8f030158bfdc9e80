package io.gympulse.cloud.dispatch;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The Lambda behind the streams of current state and gateways. Every record is dispatched; if some
/// fail, the answer names the first, from which on the stream comes again. One that cannot be read
/// fails too: it must not be passed over, as what it tells may be an alert.
///
/// Safe for any number of threads.
public final class DispatchHandler implements RequestHandler<DynamodbEvent, StreamsEventResponse> {
  private static final Logger LOG = LoggerFactory.getLogger(DispatchHandler.class);

  private final Dispatcher dispatcher;
  private final Function<DynamodbStreamRecord, Optional<FeedUpdate>> decoder;
  private final InstantSource clock;
  private final DispatchCounters counters;

  /// @param decoder empty for a record that tells watchers nothing; throws
  ///     [StoreUnavailableException] for one that cannot be read
  public DispatchHandler(
      Dispatcher dispatcher,
      Function<DynamodbStreamRecord, Optional<FeedUpdate>> decoder,
      InstantSource clock,
      DispatchCounters counters) {
    this.dispatcher = dispatcher;
    this.decoder = decoder;
    this.clock = clock;
    this.counters = counters;
  }

  @Override
  public StreamsEventResponse handleRequest(DynamodbEvent event, @Nullable Context context) {
    List<BatchItemFailure> failures =
        event.getRecords().stream()
            .filter(it -> !dispatched(it))
            .map(it -> new BatchItemFailure(it.getDynamodb().getSequenceNumber()))
            .toList();
    return new StreamsEventResponse(failures.subList(0, Math.min(1, failures.size())));
  }

  private boolean dispatched(DynamodbStreamRecord stored) {
    Optional<FeedUpdate> update;
    try {
      update = decoder.apply(stored);
    } catch (StoreUnavailableException e) {
      counters.addUnreadable();
      LOG.error("record {} cannot be read", stored.getDynamodb().getSequenceNumber(), e);
      return false;
    }
    return update.map(it -> dispatcher.dispatch(it, clock.instant())).orElse(true);
  }
}
