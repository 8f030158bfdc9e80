package io.gympulse.edge.outbox;

import io.gympulse.contract.id.OutboxId;
import io.gympulse.process.RateLimitedLog;
import java.sql.SQLException;
import java.time.Duration;
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

/// The one thread that writes to the database, with group commit: it takes all waiting commands, up
/// to a limit, applies them in one transaction, commits, and then completes their futures in order.
///
/// If the disk rejects a transaction, the same group is retried each second until it is committed
/// or the outbox is closed; later commands queue up behind it. A full disk is retried without end.
/// A disk that fails for five minutes without a success ends the writer, as a new process may be
/// able to open the file. Only [WriteCommand.Renumber] is tried once: if it is rejected, the outbox
/// stays as it is. While the outbox is full, appends and alive marks wait in memory, and everything
/// else continues. Any other failure ends the writer for good: all waiting and later commands fail.
final class OutboxWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxWriter.class);
  private static final int MAX_GROUP = 4_000;
  private static final long RETRY_MILLIS = 1_000;
  private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);
  private static final long IO_ERROR_LIMIT_NANOS = TimeUnit.MINUTES.toNanos(5);

  private final OutboxDatabase database;
  private final OutboxSettings.Limits limits;
  private final int deletionBatch;
  private final InstantSource time;
  private final DamageMarker marker;
  private final LongSupplier nanos;
  private final BlockingQueue<WriteCommand> queue = new LinkedBlockingQueue<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CompletableFuture<OutboxException> broken = new CompletableFuture<>();
  private final RateLimitedLog log;
  private final Thread thread;
  private CoalescingPass coalescing;

  /// Commands that wait for room, in order.
  private List<WriteCommand> deferred = new ArrayList<>();

  private Optional<OutboxException> ended = Optional.empty();
  private volatile Outbox.State state = new Outbox.State.Working();

  /// @param marker written before the writer ends because the file is damaged
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
    this.deletionBatch = Math.min(settings.file().deletionBatch(), limits.tenth());
    this.time = time;
    this.marker = marker;
    this.nanos = nanos;
    this.log = RateLimitedLog.onePer(LOG_INTERVAL, LOG, nanos);
    this.thread = Thread.ofPlatform().daemon().name("outbox").start(this::run);
  }

  void submit(WriteCommand command) {
    Optional<OutboxException> rejection;
    synchronized (closing) {
      if (closing.getCount() == 0) {
        throw new IllegalStateException("the outbox is closed");
      }
      rejection = ended;
      if (rejection.isEmpty()) {
        queue.add(command);
      }
    }
    rejection.ifPresent(it -> command.done().completeExceptionally(it));
  }

  /// Completes with the reason if the writer ends without [#close].
  CompletableFuture<OutboxException> broken() {
    return broken;
  }

  Outbox.State state() {
    return state;
  }

  /// Whether it was closed and had written everything before. Valid once it has ended.
  boolean closedCleanly() {
    synchronized (closing) {
      return ended.filter(it -> it.getCause() == null).isPresent();
    }
  }

  @Override
  public void close() {
    synchronized (closing) {
      if (closing.getCount() > 0) {
        queue.add(new WriteCommand.Stop(new CompletableFuture<>()));
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
    List<WriteCommand> group = new ArrayList<>();
    OutboxException reason = new OutboxException("the outbox is closed");
    try (database) {
      boolean stopped = false;
      while (!stopped) {
        collect(group);
        stopped = !group.isEmpty() && group.getLast() instanceof WriteCommand.Stop;
        for (List<WriteCommand> part : parts(group)) {
          if (part.getFirst() instanceof WriteCommand.Renumber renumber) {
            renumber(renumber);
          } else {
            write(part, stopped && part.getLast() instanceof WriteCommand.Stop);
          }
        }
        group.clear();
        if (coalescing.isDue(database.committed().metadata())) {
          coalesce();
        }
      }
      database.markClosed();
    } catch (Throwable e) {
      if (e instanceof SQLException sql && SqliteFailure.of(sql) == SqliteFailure.CORRUPT) {
        marker.write(e);
      }
      reason = new OutboxException("the outbox cannot be written to any more: " + e, e);
    }
    end(group, reason);
  }

  /// Takes deferred commands first. Does not wait while there are events to coalesce.
  private void collect(List<WriteCommand> group) throws InterruptedException {
    boolean room = !limits.isFull(database.committed().metadata().counts().waiting());
    if (room) {
      group.addAll(deferred);
      deferred = new ArrayList<>();
    }
    if (group.isEmpty() && !coalescing.isDue(database.committed().metadata())) {
      group.add(queue.take());
    }
    queue.drainTo(group, Math.max(0, MAX_GROUP - group.size()));
  }

  /// The group in order, split so that a renumbering is a part of its own.
  private static List<List<WriteCommand>> parts(List<WriteCommand> group) {
    List<List<WriteCommand>> parts = new ArrayList<>();
    int first = 0;
    for (int i = 0; i < group.size(); i++) {
      if (group.get(i) instanceof WriteCommand.Renumber) {
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

  private void end(List<WriteCommand> group, OutboxException reason) {
    List<WriteCommand> left = new ArrayList<>(group);
    left.addAll(deferred);
    boolean closed;
    synchronized (closing) {
      closed = closing.getCount() == 0;
      ended = Optional.of(reason);
      queue.drainTo(left);
    }
    if (!closed) {
      state = new Outbox.State.Broken(String.valueOf(reason.getMessage()));
    }
    left.forEach(it -> it.done().completeExceptionally(reason));
    if (!closed) {
      broken.complete(reason);
    }
    if (reason.getCause() != null) {
      LOG.error("the outbox did not end cleanly", reason);
    }
  }

  private void write(List<WriteCommand> group, boolean last)
      throws SQLException, InterruptedException {
    List<Runnable> completions = new ArrayList<>(group.size());
    List<WriteCommand> deferredBefore = deferred;
    retryUntilCommitted(
        group.size(),
        () -> {
          completions.clear();
          deferred = new ArrayList<>(deferredBefore);
          for (WriteCommand command : group) {
            if (command.needsRoom() && (!deferred.isEmpty() || limits.isFull(database.waiting()))) {
              deferred.add(command);
            } else {
              completions.add(command.applyTo(database));
            }
          }
          database.deleteAcknowledged(last ? 1 : deletionBatch);
        });
    state = deferred.isEmpty() ? new Outbox.State.Working() : new Outbox.State.Full();
    completions.forEach(Runnable::run);
  }

  /// Tried once: no other command waits for it. A rejected transaction is rolled back, and the old
  /// outbox continues.
  private void renumber(WriteCommand.Renumber command) throws SQLException {
    OutboxId before = database.committed().metadata().id();
    Runnable completion;
    try {
      completion = command.applyTo(database);
      database.commit();
    } catch (SQLException e) {
      if (SqliteFailure.of(e) == SqliteFailure.CORRUPT) {
        throw e;
      }
      log.error(
          "renumber",
          "the outbox cannot be renumbered ({}): it stays as it is",
          String.valueOf(e.getMessage()));
      database.rollback();
      command.done().complete(false);
      return;
    }
    if (!database.committed().metadata().id().equals(before)) {
      // The progress is in numbers of the old outbox.
      coalescing = new CoalescingPass(limits);
    }
    completion.run();
  }

  private void coalesce() throws SQLException, InterruptedException {
    CoalescingPass before = coalescing;
    retryUntilCommitted(0, () -> coalescing = before.step(database));
  }

  /// Changes that are committed together.
  private interface Changes {
    void apply() throws SQLException;
  }

  private void retryUntilCommitted(int commands, Changes changes)
      throws SQLException, InterruptedException {
    Optional<Long> failingSince = Optional.empty();
    while (true) {
      try {
        changes.apply();
        database.commit();
        return;
      } catch (SQLException e) {
        failingSince =
            switch (SqliteFailure.of(e)) {
              case DISK_FULL, BUSY -> Optional.empty();
              case IO_ERROR -> failingSince.or(() -> Optional.of(nanos.getAsLong()));
              case CORRUPT, PERMANENT -> throw e;
            };
        log.error(
            "write",
            "the outbox cannot write ({}): {} calls wait in memory",
            String.valueOf(e.getMessage()),
            commands);
        setRetrying(e);
        database.rollback();
        if (isTooLong(failingSince) || closing.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
          throw e;
        }
      }
    }
  }

  private boolean isTooLong(Optional<Long> since) {
    return since.filter(it -> nanos.getAsLong() - it >= IO_ERROR_LIMIT_NANOS).isPresent();
  }

  private void setRetrying(SQLException e) {
    if (!(state instanceof Outbox.State.Retrying)) {
      state = new Outbox.State.Retrying(String.valueOf(e.getMessage()), time.instant());
    }
  }
}
