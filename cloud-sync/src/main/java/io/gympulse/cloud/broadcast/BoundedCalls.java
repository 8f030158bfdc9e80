package io.gympulse.cloud.broadcast;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Makes calls that may hang, with bounds of their number and time. Each call has a virtual thread
/// of its own, which is interrupted at its timeout. Safe for any number of threads.
public final class BoundedCalls implements AutoCloseable {
  private final Semaphore permits;
  private final Bounds bounds;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// @param maxCalls concurrent calls
  /// @param queueTimeout how long a call waits for a permit
  /// @param callTimeout how long it may take from then on
  public record Bounds(int maxCalls, Duration queueTimeout, Duration callTimeout) {
    public Bounds {
      if (maxCalls < 1 || queueTimeout.isNegative() || !callTimeout.isPositive()) {
        throw new IllegalArgumentException("bounds have to be positive");
      }
    }
  }

  /// The result of a call.
  public sealed interface Result<T> {
    record Completed<T>(T value) implements Result<T> {}

    /// It was cancelled; its effect may still happen.
    record TimedOut<T>() implements Result<T> {}

    /// It got no permit in time and was not started.
    record Rejected<T>() implements Result<T> {}

    record Failed<T>(Exception why) implements Result<T> {}
  }

  public BoundedCalls(Bounds bounds) {
    this.bounds = bounds;
    this.permits = new Semaphore(bounds.maxCalls());
  }

  /// Waits for a permit and for the end of the call, within the bounds.
  public <T> Result<T> call(Callable<T> work) {
    try {
      if (!permits.tryAcquire(bounds.queueTimeout().toNanos(), TimeUnit.NANOSECONDS)) {
        return new Result.Rejected<>();
      }
      try {
        return await(threads.submit(work));
      } finally {
        permits.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result.Failed<>(e);
    } catch (RejectedExecutionException e) {
      return new Result.Rejected<>();
    }
  }

  private <T> Result<T> await(Future<T> running) throws InterruptedException {
    try {
      return new Result.Completed<>(
          running.get(bounds.callTimeout().toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return new Result.TimedOut<>();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception why) {
        return new Result.Failed<>(why);
      }
      throw new IllegalStateException("a call ended the thread", e.getCause());
    } finally {
      running.cancel(true);
    }
  }

  /// Makes all the calls, concurrently within the bounds.
  ///
  /// @return their results, in the order of the calls
  public <T> List<Result<T>> callAll(List<Callable<T>> work) {
    List<Future<Result<T>>> running =
        work.stream().map(it -> threads.submit(() -> call(it))).toList();
    return running.stream().map(BoundedCalls::join).toList();
  }

  private static <T> Result<T> join(Future<Result<T>> running) {
    try {
      return running.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result.Failed<>(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a bounded call failed", e.getCause());
    }
  }

  /// Cancels the running calls.
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
