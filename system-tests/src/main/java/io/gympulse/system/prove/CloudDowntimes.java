package io.gympulse.system.prove;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The periods in which the cloud's process did not serve, in order and on the processes' clock.
/// Only within these may API requests fail and WebSockets be disconnected.
///
/// @param tolerance the largest difference of two readings of the clock
record CloudDowntimes(List<Period> periods, Duration tolerance) {

  /// @param from when the process was last seen alive
  /// @param to when it was ready to serve again
  record Period(Instant from, Instant to) {}

  CloudDowntimes {
    periods = List.copyOf(periods);
  }

  /// Whether the cloud was down at some time between two instants.
  boolean overlap(Instant from, Instant to) {
    return periods.stream().anyMatch(it -> touches(it, from, to));
  }

  /// When a client that lost its connection at `lost`, and reconnects within `limit` while the
  /// cloud serves, must be connected again. Empty if the cloud was not down when it was lost.
  ///
  /// @param slowdowns stretch the limit
  Optional<Instant> reconnectedBefore(Instant lost, Duration limit, Slowdowns slowdowns) {
    Optional<Instant> deadline = Optional.empty();
    for (Period it : periods) {
      boolean down =
          deadline.isEmpty() ? touches(it, lost, lost) : !it.from.isAfter(deadline.get());
      if (down) {
        deadline = Optional.of(slowdowns.after(it.to, limit));
      }
    }
    return deadline;
  }

  private boolean touches(Period period, Instant from, Instant to) {
    return !period.from.minus(tolerance).isAfter(to) && !period.to.plus(tolerance).isBefore(from);
  }
}
