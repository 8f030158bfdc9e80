package io.gympulse.cloud.lambda;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/// Runs attempts at deliveries side by side, each in a virtual thread, and waits for them at the
/// end of an invocation: Lambda freezes a process as soon as it has answered. How long an attempt
/// may take is its channel's affair. Safe for any number of threads.
final class Attempts implements Executor {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Future<?>> running = new ConcurrentLinkedQueue<>();

  @Override
  public void execute(Runnable attempt) {
    running.add(threads.submit(attempt));
  }

  /// Does the work, and returns when all that it let begin has ended as well.
  ///
  /// @throws IllegalStateException if an attempt broke
  <T> T settled(Supplier<T> work) {
    try {
      return work.get();
    } finally {
      settle();
    }
  }

  private void settle() {
    for (Future<?> it = running.poll(); it != null; it = running.poll()) {
      try {
        it.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (ExecutionException e) {
        throw new IllegalStateException("an attempt at a delivery broke", e.getCause());
      }
    }
  }
}
