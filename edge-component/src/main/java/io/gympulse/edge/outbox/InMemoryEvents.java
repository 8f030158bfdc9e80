package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.outbox.Boots.Boot;
import io.gympulse.edge.outbox.EventQueue.Counts;
import io.gympulse.edge.outbox.EventQueue.Unacknowledged;
import io.gympulse.edge.outbox.Quarantine.QuarantinedEvent;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The events and the metadata of an [InMemoryOutbox]: the counterpart of [OutboxDatabase]. For one
/// thread at a time.
final class InMemoryEvents {
  private final NavigableMap<Long, QueuedEvent> waiting = new TreeMap<>();
  private final NavigableMap<Long, Quarantined> quarantined = new TreeMap<>();
  private final Map<MachineId, Occurrence> states = new HashMap<>();
  private OutboxMetadata metadata = OutboxMetadata.empty(OutboxId.random());

  private record Quarantined(QueuedEvent event, String reason) {
    boolean isConflict() {
      return QuarantinedEvent.isConflict(reason);
    }
  }

  OutboxMetadata metadata() {
    return metadata;
  }

  Sequence append(Occurrence occurrence) {
    boolean bootTimeIsNew = metadata.newBootTime(occurrence.stamp()).isPresent();
    OutboxMetadata observed = metadata.observing(occurrence.stamp());
    Stamp stamp = observed.boots().resolved(occurrence.stamp());
    QueuedEvent event = new QueuedEvent(observed.nextSeq(), occurrence.at(stamp));
    waiting.put(event.seq().value(), event);
    states.put(occurrence.machine(), event.occurrence());
    metadata = observed.appended(event.occurrence());
    if (bootTimeIsNew || metadata.needsEstimate(event.occurrence())) {
      restamp();
    }
    return event.seq();
  }

  List<MachineEvent> peek(long after, int limit) {
    return upToReady(after).values().stream().limit(limit).map(QueuedEvent::event).toList();
  }

  /// False if the outbox has a conflict and this number is not reserved yet.
  boolean reserve(Sequence last) {
    if (metadata.hasConflict() && last.value() > metadata.lastReserved()) {
      return false;
    }
    metadata = metadata.reservedAtLeast(last);
    return true;
  }

  void acknowledge(List<SeqRange> ranges) {
    for (SeqRange range : ranges) {
      var events = waiting.subMap(range.first().value(), true, range.last().value(), true);
      metadata = metadata.sent(range).with(metadata.counts().acknowledged(events.size()));
      events.clear();
    }
  }

  void quarantine(Sequence seq, String reason) {
    QueuedEvent event = waiting.get(seq.value());
    if (event != null && event.hasWallTime()) {
      waiting.remove(seq.value());
      quarantined.put(seq.value(), new Quarantined(event, reason));
      metadata = metadata.quarantined(seq, reason);
    }
  }

  List<QuarantinedEvent> quarantined() {
    return quarantined.values().stream()
        .map(it -> new QuarantinedEvent(it.event().event(), it.reason()))
        .toList();
  }

  long release(List<SeqRange> ranges) {
    long released = 0;
    for (SeqRange range : ranges) {
      var events = quarantined.subMap(range.first().value(), true, range.last().value(), true);
      events.forEach((seq, it) -> waiting.put(seq, it.event()));
      released += events.size();
      events.clear();
    }
    long conflicts = quarantined.values().stream().filter(Quarantined::isConflict).count();
    metadata = metadata.with(metadata.counts().quarantined(-released)).withConflicts(conflicts);
    return released;
  }

  boolean renumber() {
    if (!metadata.hasConflict() || !waiting.headMap(metadata.lastSendable(), true).isEmpty()) {
      return false;
    }
    NavigableMap<Long, QueuedEvent> all = new TreeMap<>(waiting);
    quarantined.forEach((seq, it) -> all.put(seq, it.event()));
    Map<Long, Quarantined> staying = new HashMap<>(quarantined);
    staying.values().removeIf(Quarantined::isConflict);
    waiting.clear();
    quarantined.clear();
    long last = 0;
    Optional<Sequence> without = Optional.empty();
    for (QueuedEvent event : all.values()) {
      QueuedEvent renumbered = event.renumbered(last);
      last = renumbered.seq().value();
      Quarantined stays = staying.get(event.seq().value());
      if (stays == null) {
        waiting.put(last, renumbered);
        without = without.or(() -> Optional.of(renumbered.seq()).filter(_ -> !event.hasWallTime()));
      } else {
        quarantined.put(last, new Quarantined(renumbered, stays.reason()));
      }
    }
    long coalesced = last - waiting.size() - quarantined.size();
    metadata =
        metadata.renumbered(
            OutboxId.random(),
            new Counts(last, waiting.size(), quarantined.size(), coalesced),
            quarantined.isEmpty() ? 0 : quarantined.lastKey(),
            without);
    return true;
  }

  long setBootTime(BootId boot, Instant bootedAt) {
    metadata = metadata.with(metadata.boots().withStart(boot, bootedAt));
    return restamp();
  }

  void markAlive(Stamp at) {
    metadata = metadata.aliveAt(at);
  }

  Map<MachineId, Occurrence> lastStates() {
    Map<MachineId, Occurrence> resolved = new HashMap<>(states);
    resolved.replaceAll((_, it) -> it.at(metadata.boots().resolved(it.stamp())));
    return resolved;
  }

  Unacknowledged unacknowledged(int limit) {
    List<QueuedEvent> all =
        Stream.concat(
                waiting.values().stream(), quarantined.values().stream().map(Quarantined::event))
            .toList();
    if (all.size() > limit || !all.stream().allMatch(QueuedEvent::hasWallTime)) {
      return new Unacknowledged.Unknown();
    }
    Unacknowledged result = new Unacknowledged.None();
    for (QueuedEvent it : all) {
      MachineEvent event = it.event();
      result = result.and(event.summary().map(Summary::from).orElse(event.at()));
    }
    return result;
  }

  /// Coalesces all events that were never sent.
  void coalesce() {
    var neverSent = upToReady(metadata.lastReserved());
    int before = neverSent.size();
    List<MachineEvent> left =
        Coalescing.of(neverSent.values().stream().map(QueuedEvent::event).toList());
    neverSent
        .keySet()
        .retainAll(left.stream().map(it -> it.seq().value()).collect(Collectors.toSet()));
    for (MachineEvent event : left) {
      neverSent.computeIfPresent(event.seq().value(), (_, it) -> it.with(event.summary()));
    }
    metadata = metadata.with(metadata.counts().coalesced(before - left.size()));
  }

  private NavigableMap<Long, QueuedEvent> upToReady(long after) {
    return waiting.subMap(Math.min(after, metadata.lastReady()), false, metadata.lastReady(), true);
  }

  private long restamp() {
    Boots estimated = metadata.boots().estimated(this::span);
    long restamped = 0;
    Optional<Sequence> without = Optional.empty();
    for (QueuedEvent event : List.copyOf(waiting.values())) {
      if (event.hasWallTime()) {
        continue;
      }
      QueuedEvent changed = event.at(estimated.resolved(event.occurrence().stamp()));
      waiting.put(event.seq().value(), changed);
      restamped += changed.hasWallTime() ? 1 : 0;
      without = without.or(() -> Optional.of(changed.seq()).filter(_ -> !changed.hasWallTime()));
    }
    metadata = metadata.restamped(estimated, without);
    return restamped;
  }

  private Boots.Span span(Boot boot) {
    Boots.Span span = Boots.Span.START.including(boot.last());
    for (QueuedEvent event : waiting.values()) {
      Stamp stamp = event.occurrence().stamp();
      if (stamp.boot().equals(boot.id())) {
        span = span.including(stamp.sinceBoot());
      }
    }
    return span;
  }

  /// An event in an outbox, with or without wall time.
  private record QueuedEvent(Sequence seq, Occurrence occurrence, Optional<Summary> summary) {

    QueuedEvent(Sequence seq, Occurrence occurrence) {
      this(seq, occurrence, Optional.empty());
    }

    QueuedEvent with(Optional<Summary> other) {
      return new QueuedEvent(seq, occurrence, other);
    }

    QueuedEvent at(Stamp stamp) {
      return new QueuedEvent(seq, occurrence.at(stamp), summary);
    }

    /// The same event as the next one after this number; it stands for as many numbers as before.
    QueuedEvent renumbered(long after) {
      long size = summary.map(it -> seq.value() - it.first().value() + 1).orElse(1L);
      return new QueuedEvent(
          new Sequence(after + size),
          occurrence,
          summary.map(
              it ->
                  new Summary(
                      new Sequence(after + 1),
                      it.from(),
                      it.occupied(),
                      it.free(),
                      it.unknown(),
                      it.transitions())));
    }

    boolean hasWallTime() {
      return occurrence.hasWallTime();
    }

    /// The event as it is sent. Requires its wall time.
    MachineEvent event() {
      return occurrence.event(seq, summary);
    }
  }
}
