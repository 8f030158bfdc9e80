package io.gympulse.cloud.core.arrears;

import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.coverage.Coverage;
import io.gympulse.cloud.core.coverage.Interval;
import io.gympulse.cloud.core.event.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The time of which windows can be computed: none whose events may have expired, none of the
/// future. Whatever times gateways claim, no more windows than fit in between are due.
///
/// @param oldest the first window's beginning
/// @param now the computing process's time
public record Horizon(Instant oldest, Instant now) {
  /// How far a gateway's clock may run ahead of the computing process's.
  private static final Duration AHEAD = Duration.ofMinutes(5);

  /// Where events expire by the same clock.
  public static Horizon at(Instant now) {
    return of(now, now);
  }

  /// @param expiry the time by which events expire; earlier than `now` where that is not trusted
  public static Horizon of(Instant now, Instant expiry) {
    Instant readable = expiry.minus(Retention.EVENTS).plus(Coverage.OF_REPORT);
    Window first = Window.of(readable);
    return new Horizon(first.start().equals(readable) ? readable : first.next().start(), now);
  }

  /// Whether a window can be computed as far as its events go.
  public boolean holds(Window window) {
    return !window.start().isBefore(oldest);
  }

  List<Interval> of(Coverage coverage) {
    return coverage.covered(oldest, now.plus(AHEAD));
  }
}
