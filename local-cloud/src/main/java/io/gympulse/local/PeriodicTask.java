package io.gympulse.local;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a task periodically until it is closed. A failure is logged and does not end the schedule.
final class PeriodicTask implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PeriodicTask.class);

  interface Task {
    void run() throws Exception;
  }

  private final ScheduledExecutorService executor;
  private final ScheduledFuture<?> schedule;

  /// @param interval real time from the end of one run to the start of the next
  PeriodicTask(String name, Duration interval, Task task) {
    this(name, interval, interval, task);
  }

  /// @param initialDelay real time until the first run
  /// @param interval real time from the end of one run to the start of the next
  PeriodicTask(String name, Duration initialDelay, Duration interval, Task task) {
    this.executor =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name).factory());
    this.schedule =
        executor.scheduleWithFixedDelay(
            () -> run(name, task),
            initialDelay.toNanos(),
            interval.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    schedule.cancel(false);
    executor.shutdownNow();
  }

  private static void run(String name, Task task) {
    try {
      task.run();
    } catch (Exception e) {
      LOG.warn("{} failed and is run again: {}", name, e.getMessage(), e);
    }
  }
}
