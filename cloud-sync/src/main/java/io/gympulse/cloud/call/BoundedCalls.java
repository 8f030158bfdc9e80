package io.gympulse.cloud.call;

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

/// Calls that may hang: at most so many at once, each given so long. Each has a virtual thread of
/// its own, which is interrupted when the time is up. Safe for any number of threads.
public final class BoundedCalls implements AutoCloseable {
  private final Semaphore places;
  private final Bounds bounds;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// @param atOnce how many calls may be under way
  /// @param turn how long a call waits for its turn
  /// @param limit how long it may take from then on
  public record Bounds(int atOnce, Duration turn, Duration limit) {
    public Bounds {
      if (atOnce < 1 || turn.isNegative() || !limit.isPositive()) {
        throw new IllegalArgumentException("bounds are to be positive");
      }
    }
  }

  /// What became of a call.
  public sealed interface Result<T> {
    record Done<T>(T value) implements Result<T> {}

    /// It was given up; what it had begun may still happen.
    record Late<T>() implements Result<T> {}

    /// Its turn never came; nothing was begun.
    record NoRoom<T>() implements Result<T> {}

    record Broken<T>(Exception why) implements Result<T> {}
  }

  public BoundedCalls(Bounds bounds) {
    this.bounds = bounds;
    this.places = new Semaphore(bounds.atOnce());
  }

  /// Waits for the call's turn and for its end, within the bounds.
  public <T> Result<T> call(Callable<T> work) {
    try {
      if (!places.tryAcquire(bounds.turn().toNanos(), TimeUnit.NANOSECONDS)) {
        return new Result.NoRoom<>();
      }
      try {
        return await(threads.submit(work));
      } finally {
        places.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result.Broken<>(e);
    } catch (RejectedExecutionException e) {
      return new Result.NoRoom<>();
    }
  }

  private <T> Result<T> await(Future<T> running) throws InterruptedException {
    try {
      return new Result.Done<>(running.get(bounds.limit().toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return new Result.Late<>();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception why) {
        return new Result.Broken<>(why);
      }
      throw new IllegalStateException("a call ended the thread", e.getCause());
    } finally {
      running.cancel(true);
    }
  }

  /// Makes all the calls, side by side as far as there is room.
  ///
  /// @return what became of each, in the order of the calls
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
      return new Result.Broken<>(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a bounded call failed", e.getCause());
    }
  }

  /// Gives up what is under way.
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
