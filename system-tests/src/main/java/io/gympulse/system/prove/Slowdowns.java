package io.gympulse.system.prove;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How many times slower than unloaded the machine was in each interval; time limits are
/// stretched by it. Intervals without a measurement count as unloaded. Thread-safe.
final class Slowdowns {
  private static final double HEAVY = 2;

  private final TreeMap<Instant, Interval> intervals = new TreeMap<>();

  private record Interval(Instant to, double factor) {}

  /// Adds a measured interval; intervals must not overlap.
  ///
  /// @param factor how many times longer work took than on the unloaded machine, at least 1
  synchronized void add(Instant from, Instant to, double factor) {
    if (factor < 1 || !from.isBefore(to)) {
      throw new IllegalArgumentException(
          "slowdown %s from %s to %s: give a factor of 1 or more and an interval that is not empty"
              .formatted(factor, from, to));
    }
    intervals.put(from, new Interval(to, factor));
  }

  /// The time at which work that takes `work` on an unloaded machine, started at `start`, is
  /// done.
  synchronized Instant after(Instant start, Duration work) {
    Instant at = start;
    double left = work.toNanos();
    while (left > 0) {
      Map.Entry<Instant, Interval> interval = intervals.floorEntry(at);
      boolean measured = interval != null && at.isBefore(interval.getValue().to());
      double factor = measured ? interval.getValue().factor() : 1;
      Instant end = measured ? interval.getValue().to() : nextAfter(at);
      double done = end == null ? left : Duration.between(at, end).toNanos() / factor;
      if (end == null || done >= left) {
        return at.plusNanos(Math.round(left * factor));
      }
      left -= done;
      at = end;
    }
    return at;
  }

  private @Nullable Instant nextAfter(Instant at) {
    return intervals.higherKey(at);
  }

  /// The last measured factor; 1 if there is none.
  synchronized double latest() {
    return intervals.isEmpty() ? 1 : intervals.lastEntry().getValue().factor();
  }

  /// The mean over all measured time; 1 if there is none.
  synchronized double mean() {
    double weighted = 0;
    double all = 0;
    for (Map.Entry<Instant, Interval> it : intervals.entrySet()) {
      double length = Duration.between(it.getKey(), it.getValue().to()).toNanos();
      weighted += length * it.getValue().factor();
      all += length;
    }
    return all == 0 ? 1 : weighted / all;
  }

  synchronized double worst() {
    return intervals.values().stream().mapToDouble(Interval::factor).max().orElse(1);
  }

  /// Whether the machine was slowed so much that time limits may excuse everything, and checks
  /// may have nothing to expect.
  boolean excusesAll() {
    return mean() >= HEAVY;
  }
}
