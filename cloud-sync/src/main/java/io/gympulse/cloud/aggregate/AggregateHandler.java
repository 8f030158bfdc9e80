package io.gympulse.cloud.aggregate;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.gympulse.cloud.core.aggregate.Window.Horizon;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Updates every gateway's aggregates, one after the other, each minute, in a single process. With
/// several processes use [AggregatePlanner] and [AggregateWorker]. A failure does not affect other
/// gateways; the invocation fails at its end.
public final class AggregateHandler implements RequestHandler<ScheduledEvent, @Nullable Void> {
  private static final Logger LOG = LoggerFactory.getLogger(AggregateHandler.class);

  private final AggregateStores stores;
  private final Aggregator aggregator;
  private final InstantSource clock;

  public AggregateHandler(AggregateStores stores, InstantSource clock) {
    this.stores = stores;
    this.aggregator = new Aggregator(stores);
    this.clock = clock;
  }

  @Override
  public @Nullable Void handleRequest(ScheduledEvent event, Context context) {
    Instant now = clock.instant();
    Horizon horizon = stores.horizon(now);
    @Nullable RuntimeException failure = null;
    for (Gateway gateway : stores.gateways().all()) {
      if (gateway.dueWindows(horizon) > 0) {
        failure = attempt(gateway, now, failure);
      }
    }
    if (failure != null) {
      throw failure;
    }
    return null;
  }

  private @Nullable RuntimeException attempt(
      Gateway gateway, Instant now, @Nullable RuntimeException before) {
    try {
      Aggregator.Outcome outcome = aggregator.aggregate(gateway.address().gateway(), now);
      LOG.info(
          "aggregates: gateway={} written={} completed={}",
          gateway.address(),
          outcome.written(),
          outcome.completed());
      return before;
    } catch (StoreUnavailableException e) {
      LOG.warn("aggregation of {} failed and is retried: {}", gateway.address(), e.getMessage());
      return e;
    } catch (RuntimeException e) {
      LOG.error("aggregation of {} failed and is retried", gateway.address(), e);
      return e;
    }
  }
}
