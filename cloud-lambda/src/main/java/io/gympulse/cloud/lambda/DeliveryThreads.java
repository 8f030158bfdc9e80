package io.gympulse.cloud.lambda;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/// Runs delivery attempts concurrently, each in a virtual thread, and waits for them at the end of
/// an invocation, since Lambda freezes a process as soon as it has responded. Channels limit the
/// time of an attempt. Safe for any number of threads.
final class DeliveryThreads implements Executor {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Future<?>> running = new ConcurrentLinkedQueue<>();

  @Override
  public void execute(Runnable attempt) {
    running.add(threads.submit(attempt));
  }

  /// Runs the work, and returns when all attempts that it started have ended as well.
  ///
  /// @throws IllegalStateException if an attempt threw
  <T> T runAndAwait(Supplier<T> work) {
    try {
      return work.get();
    } finally {
      awaitAll();
    }
  }

  private void awaitAll() {
    for (Future<?> it = running.poll(); it != null; it = running.poll()) {
      try {
        it.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (ExecutionException e) {
        throw new IllegalStateException("a delivery attempt threw", e.getCause());
      }
    }
  }
}
