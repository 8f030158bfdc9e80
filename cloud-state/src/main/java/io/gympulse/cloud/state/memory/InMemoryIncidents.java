package io.gympulse.cloud.state.memory;

import io.gympulse.cloud.state.incident.Incident;
import io.gympulse.cloud.state.incident.Incidents;
import io.gympulse.cloud.state.incident.Subject;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Incidents in a map, behind one lock.
public final class InMemoryIncidents implements Incidents {
  private final Map<String, Incident> incidents = new HashMap<>();

  @Override
  public synchronized boolean create(Incident incident) {
    return incidents.putIfAbsent(incident.id(), incident) == null;
  }

  @Override
  public synchronized Optional<Incident> find(String id) {
    return Optional.ofNullable(incidents.get(id));
  }

  @Override
  public Optional<Incident> openFor(Subject subject) {
    return open().stream().filter(it -> it.out().contains(subject)).findFirst();
  }

  @Override
  public List<Incident> open() {
    return select(
        Incident::isOpen, Comparator.comparing(Incident::since).thenComparing(Incident::id));
  }

  @Override
  public List<Incident> due(Instant now, int limit) {
    List<Incident> due =
        select(
            it -> it.due().filter(at -> !at.isAfter(now)).isPresent(),
            Comparator.comparing(it -> it.due().orElseThrow()));
    return due.subList(0, Math.min(limit, due.size()));
  }

  @Override
  public synchronized boolean replace(Incident expected, Incident next) {
    Incident kept = incidents.get(expected.id());
    if (kept == null || kept.version() != expected.version()) {
      return false;
    }
    incidents.put(next.id(), next);
    return true;
  }

  private synchronized List<Incident> select(
      Predicate<Incident> wanted, Comparator<Incident> order) {
    return incidents.values().stream().filter(wanted).sorted(order).toList();
  }
}
