package io.gympulse.system.prove;

import io.gympulse.process.ProcessClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// Which free periods have to be told: those of ten seconds or more that began while all ran, if
/// all ran undisturbed for ten seconds and what a message takes while the gateway knew of it.
///
/// @param from since when every alert exists; what began earlier is not judged
/// @param gyms by machine
/// @param delays how long after a machine became free its gateway knows, at the latest; by
///     machine
/// @param slowdowns what the time that a message takes is stretched by
record AlertDeadline(
    Instant from,
    ProcessClock clock,
    Map<String, String> gyms,
    Map<String, Duration> delays,
    Disturbances disturbances,
    Slowdowns slowdowns)
    implements Agreement.Calm {
  private static final Duration SHORTEST = Duration.ofSeconds(10);

  /// What a message may take from a gateway to a member on a machine that does nothing else, a
  /// refused first attempt included; real time.
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(2);

  /// The same without what the machine was slowed by.
  AlertDeadline unstretched() {
    return new AlertDeadline(from, clock, gyms, delays, disturbances, new Slowdowns());
  }

  @Override
  public boolean hadToBeNoticed(FreePeriod period) {
    Instant known = period.from().plus(delays.getOrDefault(period.machine(), Duration.ZERO));
    return period.from().isAfter(from)
        && disturbances.calmFor(
            Duration.ofMillis(1),
            gymOf(period.machine()),
            period.from(),
            period.from().plusMillis(1))
        && hadTime(new FreePeriod(period.machine(), known, period.to()));
  }

  @Override
  public boolean hadTime(FreePeriod rest) {
    Duration way = SHORTEST.plus(clock.scaled(ON_ITS_WAY));
    return disturbances.calmFor(way, gymOf(rest.machine()), rest.from(), rest.to(), slowdowns);
  }

  @Override
  public boolean isNoted(Telling telling) {
    Instant noted = slowdowns.after(telling.at(), clock.scaled(ON_ITS_WAY));
    Duration way = Duration.between(telling.at(), noted);
    return disturbances.calmFor(way, gymOf(telling.machine()), telling.at(), noted);
  }

  private String gymOf(String machine) {
    return gyms.getOrDefault(machine, "");
  }
}
