package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.outbox.EventQueue.Counts;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// An outbox in memory, for tests and trials. Nothing in it survives the object.
public final class InMemoryOutbox implements Outbox {
  private final OutboxSettings.Limits limits;
  private final InMemoryEvents events = new InMemoryEvents();
  private final Map<String, byte[]> documents = new HashMap<>();

  /// Appends and alive marks that wait for room, in order.
  private final Deque<Runnable> deferred = new ArrayDeque<>();

  /// The futures of the deferred calls.
  private final List<CompletableFuture<?>> open = new ArrayList<>();

  private boolean closed;

  public InMemoryOutbox() {
    this(OutboxSettings.Limits.DEFAULT);
  }

  public InMemoryOutbox(OutboxSettings.Limits limits) {
    this.limits = limits;
  }

  @Override
  public synchronized OutboxId id() {
    return events.metadata().id();
  }

  @Override
  public synchronized CompletableFuture<Sequence> append(Occurrence occurrence) {
    CompletableFuture<Sequence> done = new CompletableFuture<>();
    inOrder(done, () -> done.complete(events.append(occurrence)));
    return done;
  }

  @Override
  public synchronized List<MachineEvent> peek(long after, int limit) {
    requireOpen();
    return events.peek(after, limit);
  }

  @Override
  public synchronized long lastReady() {
    return events.metadata().lastReady();
  }

  @Override
  public synchronized CompletableFuture<Void> reserve(Sequence last) {
    requireOpen();
    return events.reserve(last)
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.failedFuture(
            new OutboxException("numbers of the outbox are in use: it has to be renumbered first"));
  }

  @Override
  public synchronized long lastReserved() {
    return events.metadata().lastReserved();
  }

  @Override
  public synchronized CompletableFuture<Void> acknowledge(List<SeqRange> ranges) {
    requireOpen();
    events.acknowledge(ranges);
    drain();
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletableFuture<Long> setBootTime(BootId boot, Instant bootedAt) {
    requireOpen();
    long restamped = events.setBootTime(boot, bootedAt);
    drain();
    return CompletableFuture.completedFuture(restamped);
  }

  @Override
  public synchronized Counts counts() {
    return events.metadata().counts();
  }

  @Override
  public synchronized Unacknowledged unacknowledged(int limit) {
    return events.unacknowledged(limit);
  }

  @Override
  public synchronized CompletableFuture<Void> quarantine(Sequence seq, String reason) {
    requireOpen();
    events.quarantine(seq, reason);
    drain();
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized List<QuarantinedEvent> quarantined() {
    return events.quarantined();
  }

  @Override
  public synchronized CompletableFuture<Long> release(List<SeqRange> ranges) {
    requireOpen();
    return CompletableFuture.completedFuture(events.release(ranges));
  }

  @Override
  public synchronized boolean hasConflict() {
    return events.metadata().hasConflict();
  }

  @Override
  public synchronized CompletableFuture<Boolean> renumber() {
    requireOpen();
    boolean renumbered = events.renumber();
    if (renumbered) {
      drain();
    }
    return CompletableFuture.completedFuture(renumbered);
  }

  @Override
  public synchronized CompletableFuture<Void> markAlive(Stamp at) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    inOrder(
        done,
        () -> {
          events.markAlive(at);
          done.complete(null);
        });
    return done;
  }

  @Override
  public synchronized Optional<Stamp> lastAlive() {
    return events.metadata().lastAlive();
  }

  @Override
  public synchronized Map<MachineId, Occurrence> lastStates() {
    return events.lastStates();
  }

  @Override
  public synchronized CompletableFuture<Void> putDocument(String name, byte[] content) {
    requireOpen();
    documents.put(name, content.clone());
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized Optional<byte[]> document(String name) {
    return Optional.ofNullable(documents.get(name)).map(byte[]::clone);
  }

  /// None: there is no disk.
  @Override
  public long commits() {
    return 0;
  }

  @Override
  public synchronized State state() {
    return deferred.isEmpty() ? new State.Working() : new State.Full();
  }

  @Override
  public synchronized void close() {
    closed = true;
    open.forEach(it -> it.completeExceptionally(new OutboxException("the outbox is closed")));
  }

  private void inOrder(CompletableFuture<?> done, Runnable action) {
    requireOpen();
    deferred.add(action);
    drain();
    open.removeIf(CompletableFuture::isDone);
    if (!done.isDone()) {
      open.add(done);
    }
  }

  private void drain() {
    while (!deferred.isEmpty() && hasRoom()) {
      deferred.remove().run();
    }
  }

  private boolean hasRoom() {
    if (limits.isNearlyFull(counts().waiting())) {
      events.coalesce();
    }
    return !limits.isFull(counts().waiting());
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the outbox is closed");
    }
  }
}
