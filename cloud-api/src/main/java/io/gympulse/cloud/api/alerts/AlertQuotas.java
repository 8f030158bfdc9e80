package io.gympulse.cloud.api.alerts;

import io.gympulse.cloud.api.http.Refusal;
import io.gympulse.cloud.api.http.SourceAddress;
import io.gympulse.cloud.api.setting.AlertLimits;
import io.gympulse.cloud.core.alert.Alert;
import io.gympulse.cloud.core.alert.Alerts;
import io.gympulse.contract.id.MachineId;
import io.gympulse.process.ProcessClock;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;

/// Holds those who make alerts to the [limits][AlertLimits]. What is refused is answered with the
/// limit's name and a time to wait, and counted. Within this process the limits are exact. Safe for
/// any number of threads.
@Singleton
final class AlertQuotas {
  /// When an alert may have ended that took a place; nobody knows.
  private static final Duration LATER = Duration.ofMinutes(1);

  private final Alerts alerts;
  private final AlertLimits limits;
  private final AlertFigures figures;
  private final TokenBuckets<SourceAddress> sources;
  private final TokenBuckets<Asked> machines;
  private final InstantSource clock = ProcessClock.real();
  private final ReentrantLock lock = new ReentrantLock();

  private record Asked(SourceAddress source, MachineId machine) {}

  AlertQuotas(Alerts alerts, AlertLimits limits, AlertFigures figures) {
    this.alerts = alerts;
    this.limits = limits;
    this.figures = figures;
    Duration refill = Duration.ofMinutes(1).dividedBy(limits.perMinute());
    this.sources = new TokenBuckets<>(limits.burst(), refill);
    this.machines = new TokenBuckets<>(limits.burstPerMachine(), refill.multipliedBy(10));
  }

  /// Keeps a new alert if the limits allow it.
  ///
  /// @throws Refusal naming the limit that does not
  void create(Alert alert, SourceAddress source) {
    lock.lock();
    try {
      Instant now = clock.instant();
      Asked asked = new Asked(source, alert.machine());
      refuseFast(asked, now);
      refuseMany(alert);
      sources.take(source, now);
      machines.take(asked, now);
      alerts.create(alert);
      figures.addMade();
    } finally {
      lock.unlock();
    }
  }

  private void refuseFast(Asked asked, Instant now) {
    sources
        .untilRoom(asked.source(), now)
        .ifPresent(
            wait -> {
              figures.addRefusedOfSource();
              throw Refusal.tooMany(
                  "too_many_from_source",
                  "Too many alerts from one address: %d at once, then %d a minute."
                      .formatted(limits.burst(), limits.perMinute()),
                  wait);
            });
    machines
        .untilRoom(asked, now)
        .ifPresent(
            wait -> {
              figures.addRefusedOfSource();
              throw Refusal.tooMany(
                  "too_many_from_source",
                  "Too many alerts on machine '%s' from one address: %d at once."
                      .formatted(asked.machine(), limits.burstPerMachine()),
                  wait);
            });
  }

  private void refuseMany(Alert alert) {
    if (alerts.countActive(alert.user(), limits.perUser()) >= limits.perUser()) {
      figures.addRefusedOfUser();
      throw Refusal.conflict(
          "too_many_alerts",
          "At most %d alerts may be active; cancel one.".formatted(limits.perUser()),
          LATER);
    }
    if (alerts.countWatching(alert.machine(), limits.perMachine()) >= limits.perMachine()) {
      figures.addRefusedOfMachine();
      throw Refusal.conflict(
          "too_many_waiting",
          "At most %d alerts may wait for machine '%s'; try again later."
              .formatted(limits.perMachine(), alert.machine()),
          LATER);
    }
  }
}
