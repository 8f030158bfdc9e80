package io.gympulse.local;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a task again and again until closed, as a schedule would invoke it. A failure is logged and
/// does not end the repetition.
final class Repeating implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Repeating.class);

  /// Something that may fail.
  interface Task {
    void run() throws Exception;
  }

  private final ScheduledExecutorService executor;
  private final ScheduledFuture<?> repetition;

  /// @param pause real time from the end of one run to the start of the next
  Repeating(String name, Duration pause, Task task) {
    this(name, pause, pause, task);
  }

  /// @param first real time until the first run
  /// @param pause real time from the end of one run to the start of the next
  Repeating(String name, Duration first, Duration pause, Task task) {
    this.executor =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name).factory());
    this.repetition =
        executor.scheduleWithFixedDelay(
            () -> attempt(name, task), first.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    repetition.cancel(false);
    executor.shutdownNow();
  }

  private static void attempt(String name, Task task) {
    try {
      task.run();
    } catch (Exception e) {
      LOG.warn("{} failed and is tried again: {}", name, e.getMessage(), e);
    }
  }
}
