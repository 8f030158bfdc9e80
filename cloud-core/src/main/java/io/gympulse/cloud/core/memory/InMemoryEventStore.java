package io.gympulse.cloud.core.memory;

import io.gympulse.cloud.core.event.EventStore;
import io.gympulse.cloud.core.event.EventStore.StoredEvent;
import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.cloud.core.event.Retention;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.StatusReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Events in maps, behind one lock.
final class InMemoryEventStore implements EventStore {
  private final Map<OutboxId, Map<Sequence, MachineEvent>> byOutbox =
      new TreeMap<>(Comparator.comparing(OutboxId::toString));
  private final Map<OutboxId, GatewayId> owners = new HashMap<>();
  private final Map<MachineId, NavigableSet<HistoryEntry>> histories = new HashMap<>();
  private final Retention retention;

  InMemoryEventStore(Retention retention) {
    this.retention = retention;
  }

  @Override
  public synchronized List<MachineEvent> store(
      GatewayAddress from, OutboxId outbox, List<MachineEvent> events) {
    boolean own = owners.computeIfAbsent(outbox, _ -> from.gateway()).equals(from.gateway());
    Map<Sequence, MachineEvent> stored = byOutbox.computeIfAbsent(outbox, _ -> new TreeMap<>());
    List<MachineEvent> refused = new ArrayList<>();
    for (MachineEvent event : events) {
      MachineEvent there = stored.get(event.seq());
      if (there == null && own) {
        stored.put(event.seq(), event);
        historyOf(event.machine()).add(HistoryEntry.of(outbox, event));
      } else if (!event.equals(there)) {
        refused.add(event);
      }
    }
    return refused;
  }

  @Override
  public synchronized void store(StatusReport report) {
    historyOf(report.machine()).add(HistoryEntry.of(report));
  }

  private NavigableSet<HistoryEntry> historyOf(MachineId machine) {
    return histories.computeIfAbsent(machine, _ -> new TreeSet<>(HistoryEntry.ORDER));
  }

  @Override
  public synchronized List<HistoryEntry> history(MachineId machine, Instant from, Instant to) {
    Instant since = retention.clamp(from);
    return historyOf(machine).stream()
        .filter(it -> !it.at().isBefore(since) && it.at().isBefore(to))
        .toList();
  }

  @Override
  public Optional<HistoryEntry> lastBefore(MachineId machine, Instant before) {
    List<HistoryEntry> earlier = history(machine, Instant.EPOCH, before);
    return earlier.isEmpty() ? Optional.empty() : Optional.of(earlier.getLast());
  }

  @Override
  public void forEach(Consumer<StoredEvent> reader) {
    all().forEach(reader);
  }

  private synchronized List<StoredEvent> all() {
    List<StoredEvent> all = new ArrayList<>();
    byOutbox.forEach(
        (outbox, events) -> events.values().forEach(it -> all.add(new StoredEvent(outbox, it))));
    return all;
  }

  @Override
  public synchronized List<SeqRange> stored(OutboxId outbox) {
    return SeqRange.union(
        byOutbox.getOrDefault(outbox, Map.of()).values().stream()
            .map(MachineEvent::standsFor)
            .toList());
  }

  @Override
  public synchronized long count() {
    return byOutbox.values().stream().mapToLong(Map::size).sum();
  }
}
