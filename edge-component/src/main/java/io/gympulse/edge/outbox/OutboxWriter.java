package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.SeqRange;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that writes to the database: it takes all calls that wait, up to a limit, applies
/// them in one transaction, commits, and then completes their futures in order.
///
/// If the disk refuses (full, failing), the same group is tried again each second until it is taken
/// or the outbox is closed; later calls queue up behind it. Whatever else goes wrong ends
/// the writer for good: all that waits fails, and so does every later call.
final class OutboxWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxWriter.class);
  private static final int LARGEST_GROUP = 1_000;
  private static final long RETRY_MILLIS = 1_000;

  private final OutboxDatabase database;
  private final Consumer<MachineEvent> appended;
  private final BlockingQueue<Write> queue = new LinkedBlockingQueue<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CompletableFuture<OutboxException> broken = new CompletableFuture<>();
  private final Thread thread;
  private Optional<OutboxException> ended = Optional.empty();
  private Optional<Instant> markedAlive = Optional.empty();
  private volatile OutboxCounts counts;
  private volatile Optional<Instant> lastAlive;

  /// @param appended told of each event once it is durable, before its future completes
  OutboxWriter(OutboxDatabase database, Consumer<MachineEvent> appended) throws SQLException {
    this.database = database;
    this.appended = appended;
    this.counts = database.committedCounts();
    this.lastAlive = database.lastAlive();
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

  OutboxCounts counts() {
    return counts;
  }

  Optional<Instant> lastAlive() {
    return lastAlive;
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
      do {
        group.clear();
        group.add(queue.take());
        queue.drainTo(group, LARGEST_GROUP - 1);
        write(group);
      } while (!(group.getLast() instanceof Write.Stop));
    } catch (Throwable e) {
      reason = new OutboxException("the outbox cannot be written to any more: " + e, e);
    }
    end(group, reason);
  }

  private void end(List<Write> group, OutboxException reason) {
    List<Write> left = new ArrayList<>(group);
    boolean asked;
    synchronized (closing) {
      asked = closing.getCount() == 0;
      ended = Optional.of(reason);
      queue.drainTo(left);
    }
    left.forEach(it -> it.done().completeExceptionally(reason));
    if (!asked) {
      broken.complete(reason);
    }
    if (reason.getCause() != null) {
      LOG.error("the outbox did not end cleanly", reason);
    }
  }

  private void write(List<Write> group) throws SQLException, InterruptedException {
    List<Runnable> completions = committed(group);
    counts = database.committedCounts();
    completions.forEach(Runnable::run);
  }

  private List<Runnable> committed(List<Write> group) throws SQLException, InterruptedException {
    while (true) {
      try {
        List<Runnable> completions = new ArrayList<>();
        markedAlive = lastAlive;
        for (Write write : group) {
          completions.add(applied(write));
        }
        database.commit();
        return completions;
      } catch (SQLException e) {
        LOG.error("the outbox cannot write ({}): {} wait in memory", e.getMessage(), group.size());
        database.rollback();
        if (closing.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
          throw e;
        }
      }
    }
  }

  /// Carries out a call and returns what is to happen once that is durable.
  private Runnable applied(Write write) throws SQLException {
    switch (write) {
      case Write.Append append -> {
        MachineEvent event = database.append(append.occurrence());
        return () -> {
          appended.accept(event);
          append.done().complete(event.seq());
        };
      }
      case Write.Acknowledge acknowledge -> {
        for (SeqRange range : acknowledge.ranges()) {
          database.remove(range);
        }
        return () -> acknowledge.done().complete(null);
      }
      case Write.Quarantine quarantine -> {
        database.quarantine(quarantine.seq(), quarantine.reason());
        return () -> quarantine.done().complete(null);
      }
      case Write.MarkAlive mark -> {
        Instant at = markedAlive.filter(mark.at()::isBefore).orElse(mark.at());
        markedAlive = Optional.of(at);
        database.markAlive(at);
        return () -> {
          lastAlive = Optional.of(at);
          mark.done().complete(null);
        };
      }
      case Write.Stop stop -> {
        return () -> stop.done().complete(null);
      }
    }
  }
}
