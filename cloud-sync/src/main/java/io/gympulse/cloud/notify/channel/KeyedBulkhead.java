package io.gympulse.cloud.notify.channel;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Isolates calls to many destinations, any of which may hang. A destination has a bounded number
/// of concurrent calls and a circuit breaker of its own, and destinations are served round robin.
/// Calls to a destination that fails or hangs are rejected instead of queued. When all slots are
/// taken and another destination has queued calls, the longest running call is cancelled once it
/// has run for a grace period: so a first call is queued for at most `destinations / maxCalls`
/// grace periods, even if all of them hang.
///
/// Destinations that one party can create any number of form a group. A group has a bounded number
/// of slots and of queued calls, and groups are served round robin, so that it takes none from
/// others.
///
/// Each call has a virtual thread of its own, which is interrupted when the call is cancelled. Safe
/// for any number of threads.
///
/// @param <K> names a destination
public final class KeyedBulkhead<K> implements AutoCloseable {
  private final Bounds bounds;
  private final InstantSource clock;
  private final CircuitBreakers<K> circuits = new CircuitBreakers<>();
  private final FairSlots<K, Ticket<K>> slots;
  private final ReentrantLock lock = new ReentrantLock();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// @param maxCalls concurrent calls
  /// @param perKey concurrent calls to one destination
  /// @param perGroup concurrent calls to one group
  /// @param maxQueued calls that are queued
  /// @param queuedPerGroup queued calls of one group
  /// @param queueTimeout how long a call is queued
  /// @param grace how long a call may take when others need its slot
  /// @param callTimeout how long it may take at all; at least `grace`
  public record Bounds(
      int maxCalls,
      int perKey,
      int perGroup,
      int maxQueued,
      int queuedPerGroup,
      Duration queueTimeout,
      Duration grace,
      Duration callTimeout) {
    public Bounds {
      if (Math.min(maxCalls, Math.min(perKey, perGroup)) < 1
          || Math.min(maxQueued, queuedPerGroup) < 1
          || queueTimeout.isNegative()
          || !grace.isPositive()) {
        throw new IllegalArgumentException("bounds have to be positive");
      }
      if (callTimeout.compareTo(grace) < 0) {
        throw new IllegalArgumentException(
            "the call timeout must not be shorter than the grace period");
      }
    }
  }

  /// The result of a call.
  public sealed interface Result<T> {
    record Completed<T>(T value) implements Result<T> {}

    /// It was cancelled; its effect may still happen.
    record TimedOut<T>() implements Result<T> {}

    /// It got no slot in time, or its destination hangs; it was not started.
    record Rejected<T>() implements Result<T> {}

    /// The destination failed repeatedly; the call was not started.
    ///
    /// @param remaining how long the circuit stays open
    record CircuitOpen<T>(Duration remaining) implements Result<T> {}

    record Failed<T>(Exception why) implements Result<T> {}
  }

  private static final class Ticket<K> {
    private final K key;
    private final CountDownLatch slot = new CountDownLatch(1);
    private volatile @Nullable Future<?> running;
    private volatile boolean cancelled;
    private volatile boolean rejected;

    Ticket(K key) {
      this.key = key;
    }

    void runs(Future<?> call) {
      running = call;
      if (cancelled) {
        call.cancel(true);
      }
    }

    void reject() {
      rejected = true;
      slot.countDown();
    }

    void cancel() {
      cancelled = true;
      Future<?> call = running;
      if (call != null) {
        call.cancel(true);
      }
    }
  }

  /// @param groupOf the group of a destination
  public KeyedBulkhead(Bounds bounds, Function<K, ?> groupOf, InstantSource clock) {
    this.bounds = bounds;
    this.clock = clock;
    this.slots =
        new FairSlots<>(
            new FairSlots.Bounds(
                bounds.maxCalls(),
                bounds.perKey(),
                bounds.perGroup(),
                bounds.maxQueued(),
                bounds.queuedPerGroup()),
            groupOf,
            circuits::isFailing);
  }

  /// Waits for a slot and for the end of the call, within the bounds.
  ///
  /// @param succeeded whether a result is a success for the circuit breaker; all else is a failure
  public <T> Result<T> call(K key, Callable<T> work, Predicate<T> succeeded) {
    Ticket<K> ticket = new Ticket<>(key);
    Optional<Result<T>> rejection = enter(ticket);
    if (rejection.isPresent()) {
      return rejection.get();
    }
    try {
      boolean gotSlot = ticket.slot.await(bounds.queueTimeout().toNanos(), TimeUnit.NANOSECONDS);
      if (ticket.rejected || (!gotSlot && !hasSlot(ticket))) {
        return new Result.Rejected<>();
      }
      Result<T> result = run(ticket, work);
      report(ticket, result instanceof Result.Completed<T>(T value) && succeeded.test(value));
      return result;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result.Failed<>(e);
    } catch (RejectedExecutionException e) {
      return new Result.Rejected<>();
    } finally {
      leave(ticket);
    }
  }

  private <T> Optional<Result<T>> enter(Ticket<K> ticket) {
    lock.lock();
    try {
      Optional<Duration> remaining = circuits.openFor(ticket.key, clock.instant());
      if (remaining.isPresent()) {
        return Optional.of(new Result.CircuitOpen<>(remaining.get()));
      }
      if (!slots.enter(ticket.key, ticket)) {
        return Optional.of(new Result.Rejected<>());
      }
      if (slots.isRunning(ticket)) {
        ticket.slot.countDown();
      }
      advance();
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private boolean hasSlot(Ticket<K> ticket) {
    lock.lock();
    try {
      return slots.isRunning(ticket);
    } finally {
      lock.unlock();
    }
  }

  private <T> Result<T> run(Ticket<K> ticket, Callable<T> work) throws InterruptedException {
    Future<T> running = threads.submit(work);
    ticket.runs(running);
    try {
      return new Result.Completed<>(await(ticket, running));
    } catch (TimeoutException | CancellationException e) {
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

  private <T> T await(Ticket<K> ticket, Future<T> running)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return running.get(bounds.grace().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      overdue(ticket);
      Duration rest = bounds.callTimeout().minus(bounds.grace());
      return running.get(rest.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void overdue(Ticket<K> ticket) {
    lock.lock();
    try {
      slots.overdue(ticket).forEach(Ticket::reject);
      advance();
    } finally {
      lock.unlock();
    }
  }

  /// Calls cancelled in favour of others do not count against a proven destination.
  private void report(Ticket<K> ticket, boolean succeeded) {
    lock.lock();
    try {
      if (succeeded) {
        circuits.succeeded(ticket.key);
      } else if (!ticket.cancelled || !circuits.isProven(ticket.key)) {
        circuits.failed(ticket.key, clock.instant());
      }
    } finally {
      lock.unlock();
    }
  }

  private void leave(Ticket<K> ticket) {
    lock.lock();
    try {
      slots.leave(ticket.key, ticket).forEach(Ticket::reject);
      advance();
    } finally {
      lock.unlock();
    }
  }

  private void advance() {
    while (true) {
      Optional<Ticket<K>> next = slots.next();
      if (next.isPresent()) {
        next.get().slot.countDown();
        continue;
      }
      Optional<Ticket<K>> victim = slots.victim(circuits::isProven);
      if (victim.isEmpty()) {
        return;
      }
      slots.leave(victim.get().key, victim.get()).forEach(Ticket::reject);
      victim.get().cancel();
    }
  }

  /// Cancels the running calls.
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
