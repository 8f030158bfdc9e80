package io.gympulse.cloud.aggregate;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.gympulse.cloud.core.aggregate.Window.Horizon;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.queue.WorkQueue;
import io.gympulse.cloud.core.queue.WorkQueue.Unsent;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Queues the gateways whose aggregates are due, a message each, for [AggregateWorker], each
/// minute. A gateway that is queued already is queued again, at the cost of a message.
public final class AggregatePlanner implements RequestHandler<ScheduledEvent, @Nullable Void> {
  private static final Logger LOG = LoggerFactory.getLogger(AggregatePlanner.class);

  private final AggregateStores stores;
  private final WorkQueue queue;
  private final InstantSource clock;

  /// @param queue takes ids of gateways
  public AggregatePlanner(AggregateStores stores, WorkQueue queue, InstantSource clock) {
    this.stores = stores;
    this.queue = queue;
    this.clock = clock;
  }

  /// @throws StoreUnavailableException if gateways cannot be read or queued; they are still due at
  ///     the next run
  @Override
  public @Nullable Void handleRequest(ScheduledEvent event, @Nullable Context context) {
    Instant now = clock.instant();
    Horizon horizon = stores.horizon(now);
    List<String> due =
        stores.gateways().all().stream()
            .filter(it -> it.dueWindows(horizon) > 0)
            // Aggregates of a gym without a plan wait until it has one again.
            .filter(it -> stores.floorPlans().find(it.address().gym()).isPresent())
            .map(Gateway::address)
            .map(it -> it.gateway().value())
            .toList();
    List<Unsent> unsent = due.isEmpty() ? List.of() : queue.send(due);
    LOG.info("aggregates: queued={} unsent={}", due.size() - unsent.size(), unsent.size());
    if (!unsent.isEmpty()) {
      throw new StoreUnavailableException(
          "%d of %d gateways are not queued: %s"
              .formatted(unsent.size(), due.size(), unsent.getFirst().reason()),
          null);
    }
    return null;
  }
}
