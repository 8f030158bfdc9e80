package io.gympulse.cloud.forecast;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.gympulse.cloud.core.floorplan.FloorPlans;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.contract.floorplan.FloorPlan;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Refits the gyms whose night it is, or that have missed one, gym by gym in a single process; to
/// be called each hour. With several processes use [RefitPlanner] and [RefitWorker]. A failure does
/// not affect other gyms; the invocation fails at its end.
public final class RefitHandler implements RequestHandler<ScheduledEvent, @Nullable Void> {
  private static final Logger LOG = LoggerFactory.getLogger(RefitHandler.class);

  private final Refit refit;
  private final FloorPlans plans;
  private final InstantSource clock;

  public RefitHandler(CloudStore store, InstantSource clock) {
    this.refit = new Refit(store);
    this.plans = store.floorPlans();
    this.clock = clock;
  }

  @Override
  public @Nullable Void handleRequest(ScheduledEvent event, @Nullable Context context) {
    Instant now = clock.instant();
    @Nullable RuntimeException failure = null;
    for (FloorPlan plan : plans.all()) {
      try {
        if (Refit.isNight(plan.gym(), now) || refit.isMissing(plan, now)) {
          LOG.info(
              "forecasts: gym={} models={}", plan.gym().id(), refit.refit(plan.gym().id(), now));
        }
      } catch (RuntimeException e) {
        LOG.warn(
            "fitting forecasts of {} failed and is retried: {}", plan.gym().id(), e.toString());
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
    return null;
  }
}
