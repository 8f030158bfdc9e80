package io.gympulse.cloud.core.memory;

import io.gympulse.cloud.core.alert.Alert;
import io.gympulse.cloud.core.alert.AlertCursor;
import io.gympulse.cloud.core.alert.AlertId;
import io.gympulse.cloud.core.alert.AlertProgress.AlertStatus;
import io.gympulse.cloud.core.alert.Alerts;
import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.page.Page;
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
  private static final Comparator<Alert> BY_ID = Comparator.comparing(it -> it.id().toString());

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
  public Page<Alert, AlertCursor> ofUser(UserId user, Optional<AlertCursor> after, int size) {
    List<Alert> found =
        select(
            it -> it.user().equals(user) && follows(AlertCursor.of(it), after),
            Comparator.comparing(AlertCursor::of),
            Page.requireSize(size) + 1);
    return Page.cut(found, size, AlertCursor::of);
  }

  private static boolean follows(AlertCursor place, Optional<AlertCursor> after) {
    return after.isEmpty() || place.compareTo(after.get()) > 0;
  }

  @Override
  public int countActive(UserId user, int most) {
    return select(it -> it.user().equals(user) && isActive(it), BY_ID, most).size();
  }

  @Override
  public Page<Alert, AlertId> watching(MachineId machine, Optional<AlertId> after, int size) {
    String last = after.map(AlertId::toString).orElse("");
    List<Alert> found =
        select(
            it ->
                it.machine().equals(machine)
                    && isActive(it)
                    && it.id().toString().compareTo(last) > 0,
            BY_ID,
            Page.requireSize(size) + 1);
    return Page.cut(found, size, Alert::id);
  }

  @Override
  public int countWatching(MachineId machine, int most) {
    return select(it -> it.machine().equals(machine) && isActive(it), BY_ID, most).size();
  }

  private static boolean isActive(Alert alert) {
    return alert.status() == AlertStatus.ACTIVE;
  }

  @Override
  public List<Alert> due(Instant now, int limit) {
    return select(
        it -> it.due().filter(at -> !at.isAfter(now)).isPresent(),
        Comparator.comparing(it -> it.due().orElseThrow()),
        limit);
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

  private synchronized List<Alert> select(
      Predicate<Alert> wanted, Comparator<Alert> order, int most) {
    return alerts.values().stream().filter(wanted).sorted(order).limit(most).toList();
  }
}
