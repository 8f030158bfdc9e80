package io.gympulse.cloud.core.memory;

import io.gympulse.cloud.core.incident.Incident;
import io.gympulse.cloud.core.incident.Incidents;
import io.gympulse.cloud.core.incident.Subject;
import io.gympulse.cloud.core.page.Page;
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
    return select(
            it -> it.isOpen() && it.out().contains(subject),
            Comparator.comparing(Incident::cursor),
            1)
        .stream()
        .findFirst();
  }

  @Override
  public Page<Incident, Incident.Cursor> open(Optional<Incident.Cursor> after, int size) {
    List<Incident> found =
        select(
            it -> it.isOpen() && (after.isEmpty() || it.cursor().compareTo(after.get()) > 0),
            Comparator.comparing(Incident::cursor),
            Page.requireSize(size) + 1);
    return Page.cut(found, size, Incident::cursor);
  }

  @Override
  public List<Incident> due(Instant now, int limit) {
    return select(
        it -> it.due().filter(at -> !at.isAfter(now)).isPresent(),
        Comparator.comparing(it -> it.due().orElseThrow()),
        limit);
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
      Predicate<Incident> wanted, Comparator<Incident> order, int most) {
    return incidents.values().stream().filter(wanted).sorted(order).limit(most).toList();
  }
}
