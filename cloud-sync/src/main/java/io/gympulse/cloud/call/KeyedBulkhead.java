package io.gympulse.cloud.call;

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

/// Calls to many destinations that may hang, kept apart so that none holds up another. A
/// destination has a bounded number of calls under way and a circuit breaker of its own, and
/// destinations take turns; what is too much for one that fails or hangs is refused, and does not
/// wait. When all slots are taken and another destination waits, the call that
/// runs for longest is given up as soon as it has run for a grace period: so a call waits for its
/// first turn no longer than `destinations / atOnce` grace periods, if all of them hang.
///
/// Destinations that one party can make as many of as it likes are a group. A group has a bounded
/// number of slots and of calls that wait, and groups take turns, so that it takes none from
/// others.
///
/// Each call has a virtual thread of its own, which is interrupted when the call is given up. Safe
/// for any number of threads.
///
/// @param <K> names a destination
public final class KeyedBulkhead<K> implements AutoCloseable {
  private final Bounds bounds;
  private final InstantSource clock;
  private final CircuitBreakers<K> circuits = new CircuitBreakers<>();
  private final Slots<K, Ticket<K>> slots;
  private final ReentrantLock lock = new ReentrantLock();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// @param atOnce how many calls may be under way
  /// @param perKey how many of one destination
  /// @param perGroup how many of one group
  /// @param waiting how many may wait for their turn
  /// @param waitingPerGroup how many of one group
  /// @param turn how long a call waits for its turn
  /// @param grace how long a call may take when others need its slot
  /// @param limit how long it may take at all; at least `grace`
  public record Bounds(
      int atOnce,
      int perKey,
      int perGroup,
      int waiting,
      int waitingPerGroup,
      Duration turn,
      Duration grace,
      Duration limit) {
    public Bounds {
      if (Math.min(atOnce, Math.min(perKey, perGroup)) < 1
          || Math.min(waiting, waitingPerGroup) < 1
          || turn.isNegative()
          || !grace.isPositive()) {
        throw new IllegalArgumentException("bounds are to be positive");
      }
      if (limit.compareTo(grace) < 0) {
        throw new IllegalArgumentException("a limit is no shorter than the grace period");
      }
    }
  }

  /// What became of a call.
  public sealed interface Result<T> {
    record Done<T>(T value) implements Result<T> {}

    /// It was given up; what it had begun may still happen.
    record Late<T>() implements Result<T> {}

    /// Its turn never came, or its destination holds up other calls; nothing was begun.
    record NoRoom<T>() implements Result<T> {}

    /// The destination failed again and again; nothing was begun.
    ///
    /// @param rest how long calls to it are refused
    record CircuitOpen<T>(Duration rest) implements Result<T> {}

    record Broken<T>(Exception why) implements Result<T> {}
  }

  private static final class Ticket<K> {
    private final K key;
    private final CountDownLatch turn = new CountDownLatch(1);
    private volatile @Nullable Future<?> running;
    private volatile boolean givenUp;
    private volatile boolean dismissed;

    Ticket(K key) {
      this.key = key;
    }

    void runs(Future<?> call) {
      running = call;
      if (givenUp) {
        call.cancel(true);
      }
    }

    void dismiss() {
      dismissed = true;
      turn.countDown();
    }

    void giveUp() {
      givenUp = true;
      Future<?> call = running;
      if (call != null) {
        call.cancel(true);
      }
    }
  }

  /// @param groupOf the group that a destination belongs to
  public KeyedBulkhead(Bounds bounds, Function<K, ?> groupOf, InstantSource clock) {
    this.bounds = bounds;
    this.clock = clock;
    this.slots =
        new Slots<>(
            new Slots.Bounds(
                bounds.atOnce(),
                bounds.perKey(),
                bounds.perGroup(),
                bounds.waiting(),
                bounds.waitingPerGroup()),
            groupOf,
            circuits::isFailing);
  }

  /// Waits for the call's turn and for its end, within the bounds.
  ///
  /// @param succeeded whether a result speaks for the destination; all else speaks against it
  public <T> Result<T> call(K key, Callable<T> work, Predicate<T> succeeded) {
    Ticket<K> ticket = new Ticket<>(key);
    Optional<Result<T>> refusal = enter(ticket);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    try {
      boolean came = ticket.turn.await(bounds.turn().toNanos(), TimeUnit.NANOSECONDS);
      if (ticket.dismissed || (!came && !hasTurn(ticket))) {
        return new Result.NoRoom<>();
      }
      Result<T> result = run(ticket, work);
      note(ticket, result instanceof Result.Done<T>(T value) && succeeded.test(value));
      return result;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result.Broken<>(e);
    } catch (RejectedExecutionException e) {
      return new Result.NoRoom<>();
    } finally {
      leave(ticket);
    }
  }

  private <T> Optional<Result<T>> enter(Ticket<K> ticket) {
    lock.lock();
    try {
      Optional<Duration> rest = circuits.openFor(ticket.key, clock.instant());
      if (rest.isPresent()) {
        return Optional.of(new Result.CircuitOpen<>(rest.get()));
      }
      if (!slots.enter(ticket.key, ticket)) {
        return Optional.of(new Result.NoRoom<>());
      }
      if (slots.isRunning(ticket)) {
        ticket.turn.countDown();
      }
      advance();
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private boolean hasTurn(Ticket<K> ticket) {
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
      return new Result.Done<>(await(ticket, running));
    } catch (TimeoutException | CancellationException e) {
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

  private <T> T await(Ticket<K> ticket, Future<T> running)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return running.get(bounds.grace().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      overdue(ticket);
      Duration rest = bounds.limit().minus(bounds.grace());
      return running.get(rest.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void overdue(Ticket<K> ticket) {
    lock.lock();
    try {
      slots.overdue(ticket).forEach(Ticket::dismiss);
      advance();
    } finally {
      lock.unlock();
    }
  }

  /// A destination that is proven is not blamed for what was given up in favour of others.
  private void note(Ticket<K> ticket, boolean succeeded) {
    lock.lock();
    try {
      if (succeeded) {
        circuits.succeeded(ticket.key);
      } else if (!ticket.givenUp || !circuits.isProven(ticket.key)) {
        circuits.failed(ticket.key, clock.instant());
      }
    } finally {
      lock.unlock();
    }
  }

  private void leave(Ticket<K> ticket) {
    lock.lock();
    try {
      slots.leave(ticket.key, ticket).forEach(Ticket::dismiss);
      advance();
    } finally {
      lock.unlock();
    }
  }

  private void advance() {
    while (true) {
      Optional<Ticket<K>> next = slots.next();
      if (next.isPresent()) {
        next.get().turn.countDown();
        continue;
      }
      Optional<Ticket<K>> victim = slots.victim(circuits::isProven);
      if (victim.isEmpty()) {
        return;
      }
      slots.leave(victim.get().key, victim.get()).forEach(Ticket::dismiss);
      victim.get().giveUp();
    }
  }

  /// Gives up what is under way.
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
