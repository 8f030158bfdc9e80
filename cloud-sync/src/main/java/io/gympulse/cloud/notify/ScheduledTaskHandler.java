package io.gympulse.cloud.notify;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs every scheduled task, each minute. A failed task does not prevent the others from running;
/// the invocation fails at its end.
public final class ScheduledTaskHandler implements RequestHandler<ScheduledEvent, @Nullable Void> {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduledTaskHandler.class);

  private final List<ScheduledTask> tasks;
  private final InstantSource clock;

  public ScheduledTaskHandler(List<ScheduledTask> tasks, InstantSource clock) {
    this.tasks = List.copyOf(tasks);
    this.clock = clock;
  }

  @Override
  public @Nullable Void handleRequest(ScheduledEvent event, @Nullable Context context) {
    Instant now = clock.instant();
    @Nullable RuntimeException failure = null;
    for (ScheduledTask task : tasks) {
      try {
        task.run(now);
      } catch (RuntimeException e) {
        LOG.warn("scheduled task {} failed and is retried", task.name(), e);
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
    return null;
  }
}
