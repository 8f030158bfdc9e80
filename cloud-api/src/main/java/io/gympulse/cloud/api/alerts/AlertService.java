package io.gympulse.cloud.api.alerts;

import io.gympulse.cloud.api.http.ApiException;
import io.gympulse.cloud.api.http.RequestLocation;
import io.gympulse.cloud.api.http.SourceAddress;
import io.gympulse.cloud.core.alert.Alert;
import io.gympulse.cloud.core.alert.AlertCursor;
import io.gympulse.cloud.core.alert.AlertId;
import io.gympulse.cloud.core.alert.AlertProgress.AlertStatus;
import io.gympulse.cloud.core.alert.Alerts;
import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.cloud.core.query.Branch.MachineDetail;
import io.gympulse.cloud.core.query.MachineQueries;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.id.MachineId;
import io.gympulse.process.ProcessClock;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Creates, finds, changes and cancels alerts. Every method may block, and throws
/// [io.gympulse.cloud.core.store.StoreUnavailableException] while the store cannot be used.
/// Thread-safe.
@Singleton
final class AlertService {
  private final Alerts alerts;
  private final AlertQuotas quotas;
  private final MachineQueries machines;
  private final ProcessClock clock;

  AlertService(Alerts alerts, AlertQuotas quotas, MachineQueries machines, ProcessClock clock) {
    this.alerts = alerts;
    this.quotas = quotas;
    this.machines = machines;
    this.clock = clock;
  }

  Alert create(UserId user, SourceAddress source, AlertRequest body) {
    MachineId machine = body.machine();
    MachineDetail found =
        machines
            .find(machine)
            .orElseThrow(
                () ->
                    ApiException.notFound(
                        "unknown_machine", "No machine '%s'.".formatted(machine)));
    Gym gym = found.branch().gym();
    Instant now = now();
    Alert alert =
        Alert.create(
            AlertId.random(),
            new Alert.Watch(user, machine, gym.id()),
            body.terms(gym.zone(), now),
            found.machine().state(),
            now);
    quotas.create(alert, source);
    return recheck(alert);
  }

  /// Applies a state change that was dispatched after the machine's state was read and before the
  /// alert was stored; the alert then fires by the schedule.
  private Alert recheck(Alert alert) {
    Optional<CurrentState> state =
        machines.find(alert.machine()).flatMap(it -> it.machine().state());
    Alert next = state.map(it -> alert.onFree(it, now()).next()).orElse(alert);
    return next.version() != alert.version() && alerts.replace(alert, next) ? next : alert;
  }

  Page<Alert, AlertCursor> page(UserId user, Optional<AlertCursor> after, int size) {
    return alerts.ofUser(user, after, size);
  }

  Alert find(UserId user, AlertId id) {
    return alerts
        .find(user, id)
        .orElseThrow(() -> ApiException.notFound("unknown_alert", "No alert '%s'.".formatted(id)));
  }

  Alert change(UserId user, AlertId id, AlertRequest body) {
    if (body.hasMachine()) {
      throw ApiException.invalidField(
          RequestLocation.body("/machineId"),
          "The machine of an alert cannot be changed; create another alert.");
    }
    Instant now = now();
    return replace(
        user,
        id,
        it -> {
          if (it.expire(now).status() != AlertStatus.ACTIVE) {
            throw ApiException.conflict("alert_over", "Alert '%s' is not active.".formatted(id));
          }
          ZoneId gymZone =
              machines
                  .find(it.machine())
                  .map(found -> found.branch().gym().zone())
                  .orElse(ZoneOffset.UTC);
          return it.withTerms(body.terms(it.terms(), gymZone, now), now);
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

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
