package io.gympulse.cloud.state.memory;

import io.gympulse.cloud.state.alert.Alert;
import io.gympulse.cloud.state.alert.AlertId;
import io.gympulse.cloud.state.alert.AlertStatus;
import io.gympulse.cloud.state.alert.Alerts;
import io.gympulse.cloud.state.alert.UserId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Alerts in a map, behind one lock.
public final class InMemoryAlerts implements Alerts {
  private final Map<AlertId, Alert> alerts = new HashMap<>();

  @Override
  public synchronized void create(Alert alert) {
    alerts.putIfAbsent(alert.id(), alert);
  }

  @Override
  public synchronized Optional<Alert> find(UserId user, AlertId id) {
    return Optional.ofNullable(alerts.get(id)).filter(it -> it.user().equals(user));
  }

  @Override
  public List<Alert> ofUser(UserId user) {
    return select(
        it -> it.user().equals(user),
        Comparator.comparing(Alert::createdAt).reversed().thenComparing(it -> it.id().toString()));
  }

  @Override
  public List<Alert> watching(MachineId machine) {
    return select(
        it -> it.machine().equals(machine) && it.status() == AlertStatus.ACTIVE,
        Comparator.comparing(it -> it.id().toString()));
  }

  @Override
  public List<Alert> due(Instant now, int limit) {
    List<Alert> due =
        select(
            it -> it.due().filter(at -> !at.isAfter(now)).isPresent(),
            Comparator.comparing(it -> it.due().orElseThrow()));
    return due.subList(0, Math.min(limit, due.size()));
  }

  @Override
  public synchronized boolean replace(Alert expected, Alert next) {
    Alert kept = alerts.get(expected.id());
    if (kept == null || kept.version() != expected.version()) {
      return false;
    }
    alerts.put(next.id(), next);
    return true;
  }

  private synchronized List<Alert> select(Predicate<Alert> wanted, Comparator<Alert> order) {
    return alerts.values().stream().filter(wanted).sorted(order).toList();
  }
}
