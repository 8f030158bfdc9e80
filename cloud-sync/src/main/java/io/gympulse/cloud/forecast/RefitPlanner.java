package io.gympulse.cloud.forecast;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.gympulse.cloud.core.floorplan.FloorPlans;
import io.gympulse.cloud.core.queue.WorkQueue;
import io.gympulse.cloud.core.queue.WorkQueue.Unsent;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Queues the gyms whose night it is, a message each, for [RefitWorker]; to be called each hour, so
/// that each gym is queued once a day. Of a gym that could not be queued the model lasts for days.
public final class RefitPlanner implements RequestHandler<ScheduledEvent, @Nullable Void> {
  private static final Logger LOG = LoggerFactory.getLogger(RefitPlanner.class);

  private final FloorPlans plans;
  private final WorkQueue queue;
  private final InstantSource clock;

  /// @param queue takes ids of gyms
  public RefitPlanner(FloorPlans plans, WorkQueue queue, InstantSource clock) {
    this.plans = plans;
    this.queue = queue;
    this.clock = clock;
  }

  /// @throws StoreUnavailableException if gyms cannot be read or queued
  @Override
  public @Nullable Void handleRequest(ScheduledEvent event, @Nullable Context context) {
    Instant now = clock.instant();
    List<String> gyms =
        plans.all().stream()
            .filter(it -> Refit.isNight(it.gym(), now))
            .map(it -> it.gym().id().value())
            .toList();
    List<Unsent> unsent = gyms.isEmpty() ? List.of() : queue.send(gyms);
    LOG.info("forecasts: queued={} unsent={}", gyms.size() - unsent.size(), unsent.size());
    if (!unsent.isEmpty()) {
      throw new StoreUnavailableException(
          "%d of %d gyms are not queued: %s"
              .formatted(unsent.size(), gyms.size(), unsent.getFirst().reason()),
          null);
    }
    return null;
  }
}
