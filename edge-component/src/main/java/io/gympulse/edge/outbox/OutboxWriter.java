package io.gympulse.edge.outbox;

import io.gympulse.contract.id.OutboxId;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that writes to the database: it takes all calls that wait, up to a limit, applies
/// them in one transaction, commits, and then completes their futures in order.
///
/// If the disk refuses, the same group is tried again each second until it is taken or the outbox
/// is closed; later calls queue up behind it. A disk that is full may stay so for any time; one
/// that fails for five minutes on end has had its chance, and a new process may open the file anew.
/// A renewal alone is tried once: if it is refused, the outbox stays as it is. While the outbox is
/// full, appends and marks of being alive are held back in memory, and everything else goes on.
/// Whatever else goes wrong ends the writer for good: all that waits fails, and so does every later
/// call.
final class OutboxWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxWriter.class);
  private static final int LARGEST_GROUP = 4_000;
  private static final long RETRY_MILLIS = 1_000;
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

  private final OutboxDatabase database;
  private final OutboxLimits limits;
  private final int removedTogether;
  private final InstantSource time;
  private final DamageMarker marker;
  private final LongSupplier nanos;
  private final BlockingQueue<Write> queue = new LinkedBlockingQueue<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CompletableFuture<OutboxException> broken = new CompletableFuture<>();
  private final Refusals refusals = new Refusals();
  private final Thread thread;
  private CoalescingPass coalescing;
  private List<Write> held = new ArrayList<>();
  private Optional<OutboxException> ended = Optional.empty();
  private volatile OutboxState state = new OutboxState.Working();

  /// @param marker left before the writer ends because the file is damaged
  /// @param nanos monotonic time
  OutboxWriter(
      OutboxDatabase database,
      OutboxSettings settings,
      InstantSource time,
      DamageMarker marker,
      LongSupplier nanos) {
    this.database = database;
    this.coalescing = new CoalescingPass(settings.limits());
    this.limits = settings.limits();
    this.removedTogether = Math.min(settings.file().removedTogether(), limits.tenth());
    this.time = time;
    this.marker = marker;
    this.nanos = nanos;
    this.thread = Thread.ofPlatform().daemon().name("outbox").start(this::run);
  }

  void submit(Write write) {
    Optional<OutboxException> refused;
    synchronized (closing) {
      if (closing.getCount() == 0) {
        throw new IllegalStateException("the outbox is closed");
      }
      refused = ended;
      if (refused.isEmpty()) {
        queue.add(write);
      }
    }
    refused.ifPresent(it -> write.done().completeExceptionally(it));
  }

  /// Completes with the reason if the writer ends without being asked to.
  CompletableFuture<OutboxException> broken() {
    return broken;
  }

  OutboxState state() {
    return state;
  }

  /// Whether it was closed and had written everything before. To be asked once it has ended.
  boolean isDone() {
    synchronized (closing) {
      return ended.filter(it -> it.getCause() == null).isPresent();
    }
  }

  @Override
  public void close() {
    synchronized (closing) {
      if (closing.getCount() > 0) {
        queue.add(new Write.Stop(new CompletableFuture<>()));
        closing.countDown();
      }
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<Write> group = new ArrayList<>();
    OutboxException reason = new OutboxException("the outbox is closed");
    try (database) {
      boolean stopped = false;
      while (!stopped) {
        collect(group);
        stopped = !group.isEmpty() && group.getLast() instanceof Write.Stop;
        for (List<Write> part : parts(group)) {
          if (part.getFirst() instanceof Write.Renew renewal) {
            renew(renewal);
          } else {
            write(part, stopped && part.getLast() instanceof Write.Stop);
          }
        }
        group.clear();
        if (coalescing.due(database.committed())) {
          coalesce();
        }
      }
      database.end();
    } catch (Throwable e) {
      if (e instanceof SQLException sql && Failure.of(sql) == Failure.DAMAGE) {
        marker.leave(e);
      }
      reason = new OutboxException("the outbox cannot be written to any more: " + e, e);
    }
    end(group, reason);
  }

  /// What was held back goes first. There is no waiting while there is something to coalesce.
  private void collect(List<Write> group) throws InterruptedException {
    boolean room = !limits.full(database.committed().counts().waiting());
    if (room) {
      group.addAll(held);
      held = new ArrayList<>();
    }
    if (group.isEmpty() && !coalescing.due(database.committed())) {
      group.add(queue.take());
    }
    queue.drainTo(group, Math.max(0, LARGEST_GROUP - group.size()));
  }

  /// In order. A renewal is a part of its own.
  private static List<List<Write>> parts(List<Write> group) {
    List<List<Write>> parts = new ArrayList<>();
    int first = 0;
    for (int i = 0; i < group.size(); i++) {
      if (group.get(i) instanceof Write.Renew) {
        if (first < i) {
          parts.add(group.subList(first, i));
        }
        parts.add(group.subList(i, i + 1));
        first = i + 1;
      }
    }
    if (first < group.size()) {
      parts.add(group.subList(first, group.size()));
    }
    return parts;
  }

  private void end(List<Write> group, OutboxException reason) {
    List<Write> left = new ArrayList<>(group);
    left.addAll(held);
    boolean asked;
    synchronized (closing) {
      asked = closing.getCount() == 0;
      ended = Optional.of(reason);
      queue.drainTo(left);
    }
    if (!asked) {
      state = new OutboxState.Broken(String.valueOf(reason.getMessage()));
    }
    left.forEach(it -> it.done().completeExceptionally(reason));
    if (!asked) {
      broken.complete(reason);
    }
    if (reason.getCause() != null) {
      LOG.error("the outbox did not end cleanly", reason);
    }
  }

  private void write(List<Write> group, boolean last) throws SQLException, InterruptedException {
    List<Runnable> completions = new ArrayList<>(group.size());
    List<Write> heldBefore = held;
    untilTaken(
        group.size(),
        () -> {
          completions.clear();
          held = new ArrayList<>(heldBefore);
          for (Write write : group) {
            if (write.needsRoom() && (!held.isEmpty() || limits.full(database.waiting()))) {
              held.add(write);
            } else {
              completions.add(write.applyTo(database));
            }
          }
          database.remove(last ? 1 : removedTogether);
        });
    state = held.isEmpty() ? new OutboxState.Working() : new OutboxState.Full();
    completions.forEach(Runnable::run);
  }

  /// Nothing waits for a new outbox: what is refused of it is undone as a whole, and the old one
  /// goes on.
  private void renew(Write.Renew renewal) throws SQLException {
    OutboxId before = database.id();
    Runnable completion;
    try {
      completion = renewal.applyTo(database);
      database.commit();
    } catch (SQLException e) {
      if (Failure.of(e) == Failure.DAMAGE) {
        throw e;
      }
      refusals
          .refused(nanos.getAsLong())
          .ifPresent(
              it ->
                  LOG.error(
                      "no new outbox can be begun ({}): the old one goes on, {} tries failed",
                      e.getMessage(),
                      it));
      database.rollback();
      renewal.done().complete(false);
      return;
    }
    if (!database.id().equals(before)) {
      // What the pass has noted are numbers of the old outbox.
      coalescing = new CoalescingPass(limits);
    }
    completion.run();
  }

  private void coalesce() throws SQLException, InterruptedException {
    CoalescingPass before = coalescing;
    untilTaken(0, () -> coalescing = before.step(database));
  }

  /// Changes to be committed together.
  private interface Changes {
    void apply() throws SQLException;
  }

  private void untilTaken(int calls, Changes changes) throws SQLException, InterruptedException {
    Optional<Long> failingSince = Optional.empty();
    while (true) {
      try {
        changes.apply();
        database.commit();
        return;
      } catch (SQLException e) {
        failingSince =
            switch (Failure.of(e)) {
              case FULL, IN_USE -> Optional.empty();
              case FAILING -> failingSince.or(() -> Optional.of(nanos.getAsLong()));
              case DAMAGE, UNSUITED -> throw e;
            };
        refusals
            .refused(nanos.getAsLong())
            .ifPresent(
                it ->
                    LOG.error(
                        "the outbox cannot write ({}): {} calls wait in memory, {} tries failed",
                        e.getMessage(),
                        calls,
                        it));
        refusing(e);
        database.rollback();
        if (isTooLong(failingSince) || closing.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
          throw e;
        }
      }
    }
  }

  private boolean isTooLong(Optional<Long> since) {
    return since.filter(it -> nanos.getAsLong() - it >= PATIENCE_NANOS).isPresent();
  }

  private void refusing(SQLException e) {
    if (!(state instanceof OutboxState.Refusing)) {
      state = new OutboxState.Refusing(String.valueOf(e.getMessage()), time.instant());
    }
  }
}
