package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An outbox that lasts as long as its object: for tests and for trying things out.
public final class InMemoryOutbox implements Outbox {
  private OutboxId id = OutboxId.random();
  private final OutboxLimits limits;
  private final NavigableMap<Long, HeldEvent> waiting = new TreeMap<>();
  private final NavigableMap<Long, HeldEvent> quarantined = new TreeMap<>();
  private final Map<Long, String> reasons = new HashMap<>();
  private final Map<MachineId, Occurrence> states = new HashMap<>();
  private final Map<String, byte[]> documents = new HashMap<>();
  private final Deque<Runnable> held = new ArrayDeque<>();
  private final List<CompletableFuture<?>> open = new ArrayList<>();
  private Ledger ledger = Ledger.EMPTY;
  private boolean closed;

  public InMemoryOutbox() {
    this(OutboxLimits.DEFAULT);
  }

  public InMemoryOutbox(OutboxLimits limits) {
    this.limits = limits;
  }

  @Override
  public synchronized OutboxId id() {
    return id;
  }

  @Override
  public synchronized CompletableFuture<Sequence> append(Occurrence occurrence) {
    CompletableFuture<Sequence> done = new CompletableFuture<>();
    inOrder(done, () -> done.complete(appended(occurrence)));
    return done;
  }

  private Sequence appended(Occurrence occurrence) {
    boolean told = ledger.toldBy(occurrence.stamp()).isPresent();
    Ledger heard = ledger.hearing(occurrence.stamp());
    Stamp stamp = heard.boots().resolved(occurrence.stamp());
    HeldEvent event = new HeldEvent(heard.next(), occurrence.at(stamp));
    waiting.put(event.seq().value(), event);
    states.put(occurrence.machine(), event.occurrence());
    ledger = heard.appended(event);
    if (told || ledger.stranded(event)) {
      restamp();
    }
    return event.seq();
  }

  @Override
  public synchronized List<MachineEvent> peek(long after, int limit) {
    requireOpen();
    return upToReady(after).values().stream().limit(limit).map(HeldEvent::event).toList();
  }

  @Override
  public synchronized long ready() {
    return ledger.ready();
  }

  @Override
  public synchronized CompletableFuture<Void> reserve(Sequence last) {
    requireOpen();
    if (copied() && last.value() > ledger.reserved()) {
      return CompletableFuture.failedFuture(
          new OutboxException("the outbox is copied, a new one is to begin"));
    }
    ledger = ledger.reservedAround(last);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized long reserved() {
    return ledger.reserved();
  }

  @Override
  public synchronized boolean copied() {
    return quarantined.keySet().stream().anyMatch(this::isTaken);
  }

  private boolean isTaken(long seq) {
    return QuarantinedEvent.isTaken(reasons.getOrDefault(seq, ""));
  }

  @Override
  public synchronized CompletableFuture<Boolean> renew() {
    requireOpen();
    long mayBeSent = Math.min(ledger.reserved(), ledger.ready());
    if (!copied() || !waiting.headMap(mayBeSent, true).isEmpty()) {
      return CompletableFuture.completedFuture(false);
    }
    NavigableMap<Long, HeldEvent> all = new TreeMap<>(waiting);
    all.putAll(quarantined);
    Map<Long, String> apart = new HashMap<>(reasons);
    apart.keySet().removeIf(it -> !quarantined.containsKey(it) || isTaken(it));
    waiting.clear();
    quarantined.clear();
    reasons.clear();
    long last = 0;
    Optional<Sequence> without = Optional.empty();
    for (HeldEvent event : all.values()) {
      HeldEvent renumbered = event.renumbered(last);
      last = renumbered.seq().value();
      String reason = apart.get(event.seq().value());
      if (reason == null) {
        waiting.put(last, renumbered);
        without = without.or(() -> Optional.of(renumbered.seq()).filter(_ -> !event.isFinal()));
      } else {
        quarantined.put(last, renumbered);
        reasons.put(last, reason);
      }
    }
    long coalesced = last - waiting.size() - quarantined.size();
    ledger =
        ledger.renewed(
            new OutboxCounts(last, waiting.size(), quarantined.size(), coalesced),
            quarantined.isEmpty() ? 0 : quarantined.lastKey(),
            without);
    id = OutboxId.random();
    drain();
    return CompletableFuture.completedFuture(true);
  }

  @Override
  public synchronized CompletableFuture<Void> acknowledge(List<SeqRange> ranges) {
    requireOpen();
    for (SeqRange range : ranges) {
      var events = waiting.subMap(range.first().value(), true, range.last().value(), true);
      ledger = ledger.sent(range).with(ledger.counts().removed(events.size()));
      events.clear();
    }
    drain();
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletableFuture<Void> quarantine(Sequence seq, String reason) {
    requireOpen();
    HeldEvent event = waiting.get(seq.value());
    if (event != null && event.isFinal()) {
      waiting.remove(seq.value());
      quarantined.put(seq.value(), event);
      reasons.put(seq.value(), reason);
      ledger = ledger.sent(SeqRange.of(seq)).with(ledger.counts().setApart(1));
    }
    drain();
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized List<QuarantinedEvent> quarantined() {
    return quarantined.values().stream()
        .map(it -> new QuarantinedEvent(it.event(), reasons.getOrDefault(it.seq().value(), "")))
        .toList();
  }

  @Override
  public synchronized CompletableFuture<Long> release(List<SeqRange> ranges) {
    requireOpen();
    long released = 0;
    for (SeqRange range : ranges) {
      var events = quarantined.subMap(range.first().value(), true, range.last().value(), true);
      waiting.putAll(events);
      released += events.size();
      events.clear();
    }
    ledger = ledger.with(ledger.counts().setApart(-released));
    return CompletableFuture.completedFuture(released);
  }

  @Override
  public synchronized CompletableFuture<Long> synchronised(BootId boot, Instant bootedAt) {
    requireOpen();
    ledger = ledger.with(ledger.boots().begun(boot, bootedAt));
    long restamped = restamp();
    drain();
    return CompletableFuture.completedFuture(restamped);
  }

  @Override
  public synchronized CompletableFuture<Void> markAlive(Stamp at) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    inOrder(
        done,
        () -> {
          ledger = ledger.aliveAt(at);
          done.complete(null);
        });
    return done;
  }

  @Override
  public synchronized Optional<Stamp> lastAlive() {
    return ledger.lastAlive();
  }

  @Override
  public synchronized Map<MachineId, Occurrence> lastStates() {
    Map<MachineId, Occurrence> resolved = new HashMap<>(states);
    resolved.replaceAll((_, it) -> it.at(ledger.boots().resolved(it.stamp())));
    return resolved;
  }

  @Override
  public synchronized OutboxCounts counts() {
    return ledger.counts();
  }

  @Override
  public synchronized Unstored unstored(int most) {
    List<HeldEvent> all =
        Stream.concat(waiting.values().stream(), quarantined.values().stream()).toList();
    if (all.size() > most || !all.stream().allMatch(HeldEvent::isFinal)) {
      return new Unstored.Uncertain();
    }
    Unstored unstored = new Unstored.Nothing();
    for (HeldEvent it : all) {
      MachineEvent event = it.event();
      unstored = unstored.and(event.summary().map(Summary::from).orElse(event.at()));
    }
    return unstored;
  }

  @Override
  public synchronized OutboxState state() {
    return held.isEmpty() ? new OutboxState.Working() : new OutboxState.Full();
  }

  @Override
  public synchronized CompletableFuture<Void> keep(String name, byte[] document) {
    requireOpen();
    documents.put(name, document.clone());
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized Optional<byte[]> kept(String name) {
    return Optional.ofNullable(documents.get(name)).map(byte[]::clone);
  }

  @Override
  public synchronized void close() {
    closed = true;
    open.forEach(it -> it.completeExceptionally(new OutboxException("the outbox is closed")));
  }

  private void inOrder(CompletableFuture<?> done, Runnable action) {
    requireOpen();
    held.add(action);
    drain();
    open.removeIf(CompletableFuture::isDone);
    if (!done.isDone()) {
      open.add(done);
    }
  }

  private void drain() {
    while (!held.isEmpty() && hasRoom()) {
      held.remove().run();
    }
  }

  private boolean hasRoom() {
    if (limits.crowded(waiting.size())) {
      coalesce();
    }
    return !limits.full(waiting.size());
  }

  private void coalesce() {
    var neverSent = upToReady(ledger.reserved());
    int before = neverSent.size();
    List<MachineEvent> left =
        Coalescing.of(neverSent.values().stream().map(HeldEvent::event).toList());
    neverSent
        .keySet()
        .retainAll(left.stream().map(it -> it.seq().value()).collect(Collectors.toSet()));
    for (MachineEvent event : left) {
      neverSent.computeIfPresent(event.seq().value(), (_, it) -> it.with(event.summary()));
    }
    ledger = ledger.with(ledger.counts().coalesced(before - left.size()));
  }

  private NavigableMap<Long, HeldEvent> upToReady(long after) {
    return waiting.subMap(Math.min(after, ledger.ready()), false, ledger.ready(), true);
  }

  private long restamp() {
    Boots settled = Restamping.settled(ledger.boots(), this::span);
    long restamped = 0;
    Optional<Sequence> without = Optional.empty();
    for (HeldEvent event : List.copyOf(waiting.values())) {
      if (event.isFinal()) {
        continue;
      }
      HeldEvent changed = event.at(settled.resolved(event.occurrence().stamp()));
      waiting.put(event.seq().value(), changed);
      restamped += changed.isFinal() ? 1 : 0;
      without = without.or(() -> Optional.of(changed.seq()).filter(_ -> !changed.isFinal()));
    }
    ledger = ledger.restamped(settled, without);
    return restamped;
  }

  private Boots.Span span(Boot boot) {
    Boots.Span span = Boots.Span.START.including(boot.last());
    for (HeldEvent event : waiting.values()) {
      Stamp stamp = event.occurrence().stamp();
      if (stamp.boot().equals(boot.id())) {
        span = span.including(stamp.sinceBoot());
      }
    }
    return span;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the outbox is closed");
    }
  }
}
