package io.gympulse.cloud.api.alerts;

import io.gympulse.cloud.api.http.ApiException;
import io.gympulse.cloud.api.http.SourceAddress;
import io.gympulse.cloud.core.alert.Alert;
import io.gympulse.cloud.core.alert.Alerts;
import io.gympulse.contract.id.MachineId;
import io.gympulse.process.ProcessClock;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/// Creates alerts within the [Limits] and counts created and rejected ones. A rejection names the
/// limit and has `Retry-After`. The limits are exact within this process. Thread-safe.
@Singleton
public final class AlertQuotas {
  /// `Retry-After` of a limit on active alerts: it is not known when one of them ends.
  private static final Duration RETRY_LATER = Duration.ofMinutes(1);

  private final Alerts alerts;
  private final Limits limits;
  private final TokenBuckets<SourceAddress> perSource;
  private final TokenBuckets<SourceMachine> perSourceAndMachine;
  private final InstantSource clock = ProcessClock.real();
  private final ReentrantLock lock = new ReentrantLock();
  private final LongAdder made = new LongAdder();
  private final LongAdder refusedOfUser = new LongAdder();
  private final LongAdder refusedOfMachine = new LongAdder();
  private final LongAdder refusedOfSource = new LongAdder();

  /// How many alerts may be created. One person may have many accounts, and the development issuer
  /// makes any number of members, so a limit per member is not enough: source addresses have a
  /// rate, and machines a maximum.
  ///
  /// @param perUser active alerts of one member
  /// @param perMachine active alerts on one machine
  /// @param burst alerts that one address may create at once
  /// @param perMinute alerts that one address may create each minute after that
  /// @param burstPerMachine those of `burst` on one machine; refilled at a tenth of the rate, so
  ///     that one address cannot take all alerts of a machine
  /// @param trustForwardedFor whether the client's address is the last entry of the header
  ///     `X-Forwarded-For`, as behind a proxy that sets it; else it is the connection's
  public record Limits(
      int perUser,
      int perMachine,
      int burst,
      int perMinute,
      int burstPerMachine,
      boolean trustForwardedFor) {
    public static final Limits STANDARD = new Limits(50, 500, 1_000, 60, 100, false);

    /// @throws IllegalArgumentException naming a limit below 1
    public Limits {
      requirePositive("alerts per user", perUser);
      requirePositive("alerts per machine", perMachine);
      requirePositive("alerts of a burst", burst);
      requirePositive("alerts per minute", perMinute);
      requirePositive("alerts of a burst on one machine", burstPerMachine);
    }

    private static void requirePositive(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException("%s must be at least 1, not %d".formatted(name, value));
      }
    }
  }

  /// Requests for new alerts since the process started.
  ///
  /// @param made created alerts
  /// @param refusedOfUser rejected, since the member had too many active alerts
  /// @param refusedOfMachine rejected, since the machine had too many active alerts
  /// @param refusedOfSource rejected by the rate of one address
  public record Counts(
      long made, long refusedOfUser, long refusedOfMachine, long refusedOfSource) {}

  private record SourceMachine(SourceAddress source, MachineId machine) {}

  AlertQuotas(Alerts alerts, Limits limits) {
    this.alerts = alerts;
    this.limits = limits;
    Duration refill = Duration.ofMinutes(1).dividedBy(limits.perMinute());
    this.perSource = new TokenBuckets<>(limits.burst(), refill);
    this.perSourceAndMachine =
        new TokenBuckets<>(limits.burstPerMachine(), refill.multipliedBy(10));
  }

  public Counts counts() {
    return new Counts(
        made.sum(), refusedOfUser.sum(), refusedOfMachine.sum(), refusedOfSource.sum());
  }

  /// Stores a new alert if the limits allow it.
  ///
  /// @throws ApiException 409 or 429 naming the exceeded limit
  void create(Alert alert, SourceAddress source) {
    lock.lock();
    try {
      Instant now = clock.instant();
      SourceMachine sourceMachine = new SourceMachine(source, alert.machine());
      checkRates(sourceMachine, now);
      checkActive(alert);
      perSource.take(source, now);
      perSourceAndMachine.take(sourceMachine, now);
      alerts.create(alert);
      made.increment();
    } finally {
      lock.unlock();
    }
  }

  private void checkRates(SourceMachine key, Instant now) {
    perSource
        .waitTime(key.source(), now)
        .ifPresent(
            wait -> {
              refusedOfSource.increment();
              throw ApiException.tooManyRequests(
                  "too_many_from_source",
                  "Too many alerts from one address: %d at once, then %d a minute."
                      .formatted(limits.burst(), limits.perMinute()),
                  wait);
            });
    perSourceAndMachine
        .waitTime(key, now)
        .ifPresent(
            wait -> {
              refusedOfSource.increment();
              throw ApiException.tooManyRequests(
                  "too_many_from_source",
                  "Too many alerts on machine '%s' from one address: %d at once."
                      .formatted(key.machine(), limits.burstPerMachine()),
                  wait);
            });
  }

  private void checkActive(Alert alert) {
    if (alerts.countActive(alert.user(), limits.perUser()) >= limits.perUser()) {
      refusedOfUser.increment();
      throw ApiException.conflict(
          "too_many_alerts",
          "At most %d alerts may be active; cancel one.".formatted(limits.perUser()),
          RETRY_LATER);
    }
    if (alerts.countWatching(alert.machine(), limits.perMachine()) >= limits.perMachine()) {
      refusedOfMachine.increment();
      throw ApiException.conflict(
          "too_many_waiting",
          "At most %d alerts may wait for machine '%s'; try again later."
              .formatted(limits.perMachine(), alert.machine()),
          RETRY_LATER);
    }
  }
}
