package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/// An outbox that lasts as long as its object: for tests and for trying things out.
public final class InMemoryOutbox implements Outbox {
  private final OutboxId id = OutboxId.random();
  private final NavigableMap<Long, MachineEvent> waiting = new TreeMap<>();
  private final Map<MachineId, MachineState> states = new HashMap<>();
  private OutboxCounts counts = new OutboxCounts(0, 0, 0);
  private Optional<Instant> lastAlive = Optional.empty();
  private boolean closed;

  @Override
  public OutboxId id() {
    return id;
  }

  @Override
  public synchronized CompletableFuture<Sequence> append(Occurrence occurrence) {
    requireOpen();
    counts = counts.appended();
    Sequence seq = new Sequence(counts.recorded());
    waiting.put(seq.value(), occurrence.numbered(seq));
    states.put(occurrence.machine(), occurrence.state());
    return CompletableFuture.completedFuture(seq);
  }

  @Override
  public synchronized List<MachineEvent> peek(long after, int limit) {
    requireOpen();
    return waiting.tailMap(after, false).values().stream().limit(limit).toList();
  }

  @Override
  public synchronized CompletableFuture<Void> acknowledge(List<SeqRange> ranges) {
    requireOpen();
    for (SeqRange range : ranges) {
      var held = waiting.subMap(range.first().value(), true, range.last().value(), true);
      counts = counts.removed(held.size());
      held.clear();
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletableFuture<Void> quarantine(Sequence seq, String reason) {
    requireOpen();
    if (waiting.remove(seq.value()) != null) {
      counts = counts.setApart(1);
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletableFuture<Void> markAlive(Instant at) {
    requireOpen();
    lastAlive = Optional.of(lastAlive.filter(at::isBefore).orElse(at));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized Optional<Instant> lastAlive() {
    return lastAlive;
  }

  @Override
  public synchronized Map<MachineId, MachineState> lastStates() {
    return Map.copyOf(states);
  }

  @Override
  public synchronized OutboxCounts counts() {
    return counts;
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the outbox is closed");
    }
  }
}
