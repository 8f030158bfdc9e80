package io.gympulse.local;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.forecast.RefitHandler;
import io.gympulse.local.queue.LambdaContext;
import io.gympulse.process.ProcessClock;
import java.time.Duration;
import java.util.UUID;

/// Invokes the handler that refits forecasts each hour of the cloud's clock. Thread-safe.
final class ForecastSchedule implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofHours(1);

  private final PeriodicTask task;

  private ForecastSchedule(PeriodicTask task) {
    this.task = task;
  }

  static ForecastSchedule start(CloudStore store, ProcessClock clock) {
    RefitHandler handler = new RefitHandler(store, clock);
    return new ForecastSchedule(
        new PeriodicTask("forecasts", clock.toReal(INTERVAL), () -> invoke(handler)));
  }

  private static void invoke(RefitHandler handler) {
    handler.handleRequest(
        new ScheduledEvent(), new LambdaContext("forecasts", UUID.randomUUID().toString()));
  }

  @Override
  public void close() {
    task.close();
  }
}
