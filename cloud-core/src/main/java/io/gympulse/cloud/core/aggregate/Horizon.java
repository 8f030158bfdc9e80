package io.gympulse.cloud.core.aggregate;

import io.gympulse.cloud.core.aggregate.Coverage.Interval;
import io.gympulse.cloud.core.event.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The time span whose windows can be computed: events before it may have expired, and time after
/// it is the future. It bounds the number of due windows, whatever times gateways claim.
///
/// @param oldest the first window's beginning
/// @param now the computing process's time
public record Horizon(Instant oldest, Instant now) {
  /// How far a gateway's clock may run ahead of the computing process's.
  private static final Duration AHEAD = Duration.ofMinutes(5);

  /// For a store whose events expire by the computing process's clock.
  public static Horizon at(Instant now) {
    return of(now, now);
  }

  /// @param expiry the time by which events expire; earlier than `now` while the store does not
  ///     trust the process's clock
  public static Horizon of(Instant now, Instant expiry) {
    Instant readable = expiry.minus(Retention.EVENTS).plus(Coverage.OF_REPORT);
    Window first = Window.of(readable);
    return new Horizon(first.start().equals(readable) ? readable : first.next().start(), now);
  }

  /// Whether the events of a window can still be read.
  public boolean contains(Window window) {
    return !window.start().isBefore(oldest);
  }

  List<Interval> of(Coverage coverage) {
    return coverage.covered(oldest, now.plus(AHEAD));
  }
}
