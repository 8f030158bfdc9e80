package io.gympulse.cloud.api.alerts;

import io.gympulse.cloud.api.http.Refusal;
import io.gympulse.cloud.api.http.SourceAddress;
import io.gympulse.cloud.core.alert.Alert;
import io.gympulse.cloud.core.alert.AlertId;
import io.gympulse.cloud.core.alert.AlertPlace;
import io.gympulse.cloud.core.alert.AlertStatus;
import io.gympulse.cloud.core.alert.Alerts;
import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.cloud.core.store.CloudView;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.id.MachineId;
import io.gympulse.process.ProcessClock;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Makes, finds, changes and cancels alerts. Every method may block, and throws
/// [io.gympulse.cloud.core.store.StoreUnavailableException] while the store is not there. Safe for
/// any number of threads.
@Singleton
final class AlertDesk {
  private final Alerts alerts;
  private final AlertQuotas quotas;
  private final CloudView view;
  private final ProcessClock clock;

  AlertDesk(Alerts alerts, AlertQuotas quotas, CloudView view, ProcessClock clock) {
    this.alerts = alerts;
    this.quotas = quotas;
    this.view = view;
    this.clock = clock;
  }

  Alert create(UserId user, SourceAddress source, AlertBody body) {
    MachineId machine = body.machine();
    FloorPlan plan =
        plan(machine)
            .orElseThrow(
                () -> Refusal.unknown("unknown_machine", "No machine '%s'.".formatted(machine)));
    Instant now = now();
    Optional<CurrentState> known = view.state(machine);
    Alert alert =
        Alert.create(
            AlertId.random(),
            new Alert.Watch(user, machine, plan.gym().id()),
            body.terms(plan.gym().zone(), now),
            known,
            now);
    quotas.create(alert, source);
    return caughtUp(alert);
  }

  /// What became known between reading the machine's state and keeping the alert was told when
  /// there was no alert yet; it is kept here, to be sent by the schedule.
  private Alert caughtUp(Alert alert) {
    Optional<CurrentState> known = view.state(alert.machine());
    Alert next = known.map(it -> alert.onFree(it, now()).next()).orElse(alert);
    return next.version() != alert.version() && alerts.replace(alert, next) ? next : alert;
  }

  Page<Alert, AlertPlace> page(UserId user, Optional<AlertPlace> after, int size) {
    return alerts.ofUser(user, after, size);
  }

  Alert find(UserId user, AlertId id) {
    return alerts
        .find(user, id)
        .orElseThrow(() -> Refusal.unknown("unknown_alert", "No alert '%s'.".formatted(id)));
  }

  Alert change(UserId user, AlertId id, AlertBody body) {
    if (body.namesMachine()) {
      throw Refusal.invalid("machineId", "An alert keeps its machine; make another one.");
    }
    Instant now = now();
    return replace(
        user,
        id,
        it -> {
          if (it.expire(now).status() != AlertStatus.ACTIVE) {
            throw Refusal.conflict("alert_over", "Alert '%s' is over.".formatted(id));
          }
          ZoneId home = plan(it.machine()).map(plan -> plan.gym().zone()).orElse(ZoneOffset.UTC);
          return it.on(body.terms(it.terms(), home, now), now);
        });
  }

  void cancel(UserId user, AlertId id) {
    Instant now = now();
    replace(user, id, it -> it.cancel(now));
  }

  private Alert replace(UserId user, AlertId id, UnaryOperator<Alert> change) {
    while (true) {
      Alert alert = find(user, id);
      Alert next = change.apply(alert);
      if (next.version() == alert.version() || alerts.replace(alert, next)) {
        return next;
      }
    }
  }

  private Optional<FloorPlan> plan(MachineId machine) {
    return view.floorPlans().stream().filter(it -> it.machine(machine).isPresent()).findFirst();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
