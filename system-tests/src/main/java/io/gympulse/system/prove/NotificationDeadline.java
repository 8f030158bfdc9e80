package io.gympulse.system.prove;

import io.gympulse.process.ProcessClock;
import io.gympulse.system.prove.WebhookReceiver.Notification;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// Which free periods must be notified: those of ten seconds or more that began undisturbed, if
/// everything then ran undisturbed for ten seconds and the delivery time after the gateway
/// detected them.
///
/// @param from when the last alert was created; periods that began before are not checked
/// @param gyms by machine
/// @param delays the longest time from a machine's becoming free until its gateway detects it; by
///     machine
/// @param slowdowns stretch the delivery time
record NotificationDeadline(
    Instant from,
    ProcessClock clock,
    Map<String, String> gyms,
    Map<String, Duration> delays,
    Disruptions disruptions,
    Slowdowns slowdowns)
    implements SubscriptionTerms.Expectation {
  private static final Duration SHORTEST_PERIOD = Duration.ofSeconds(10);

  /// From the gateway to the member on an unloaded machine, a refused first attempt included;
  /// real time.
  private static final Duration DELIVERY_TIME = Duration.ofSeconds(2);

  NotificationDeadline withoutSlowdowns() {
    return new NotificationDeadline(from, clock, gyms, delays, disruptions, new Slowdowns());
  }

  @Override
  public boolean mustNotify(FreePeriod period) {
    Instant detected = period.from().plus(delays.getOrDefault(period.machine(), Duration.ZERO));
    return period.from().isAfter(from)
        && disruptions.undisturbedFor(
            Duration.ofMillis(1),
            gymOf(period.machine()),
            period.from(),
            period.from().plusMillis(1))
        && hadTimeToNotify(new FreePeriod(period.machine(), detected, period.to()));
  }

  @Override
  public boolean hadTimeToNotify(FreePeriod period) {
    Duration needed = SHORTEST_PERIOD.plus(clock.scaled(DELIVERY_TIME));
    return disruptions.undisturbedFor(
        needed, gymOf(period.machine()), period.from(), period.to(), slowdowns);
  }

  @Override
  public boolean isRecorded(Notification it) {
    Instant recorded = slowdowns.after(it.receivedAt(), clock.scaled(DELIVERY_TIME));
    Duration needed = Duration.between(it.receivedAt(), recorded);
    return disruptions.undisturbedFor(needed, gymOf(it.machine()), it.receivedAt(), recorded);
  }

  private String gymOf(String machine) {
    return gyms.getOrDefault(machine, "");
  }
}
