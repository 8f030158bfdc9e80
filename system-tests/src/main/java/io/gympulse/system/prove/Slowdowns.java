package io.gympulse.system.prove;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How much slower than unloaded the machine was, and when: what a time limit is stretched by.
/// Stretches of which nothing was measured count as unloaded. Thread-safe.
final class Slowdowns {
  private final TreeMap<Instant, Stretch> stretches = new TreeMap<>();

  private record Stretch(Instant to, double factor) {}

  /// Adds a measured stretch; stretches do not overlap.
  ///
  /// @param factor how many times longer work took than on the unloaded machine, at least 1
  synchronized void add(Instant from, Instant to, double factor) {
    if (factor < 1 || !from.isBefore(to)) {
      throw new IllegalArgumentException(
          "slowdown %s from %s to %s: give a factor of 1 or more and a stretch that is not empty"
              .formatted(factor, from, to));
    }
    stretches.put(from, new Stretch(to, factor));
  }

  /// When the machine had done, from `start` on, what takes `work` on the unloaded machine.
  synchronized Instant after(Instant start, Duration work) {
    Instant at = start;
    double left = work.toNanos();
    while (left > 0) {
      Map.Entry<Instant, Stretch> here = stretches.floorEntry(at);
      boolean measured = here != null && at.isBefore(here.getValue().to());
      double factor = measured ? here.getValue().factor() : 1;
      Instant end = measured ? here.getValue().to() : nextAfter(at);
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
    return stretches.higherKey(at);
  }

  /// The last measured factor; 1 if there is none.
  synchronized double latest() {
    return stretches.isEmpty() ? 1 : stretches.lastEntry().getValue().factor();
  }

  /// The mean over all measured time; 1 if there is none.
  synchronized double mean() {
    double weighted = 0;
    double all = 0;
    for (Map.Entry<Instant, Stretch> it : stretches.entrySet()) {
      double length = Duration.between(it.getKey(), it.getValue().to()).toNanos();
      weighted += length * it.getValue().factor();
      all += length;
    }
    return all == 0 ? 1 : weighted / all;
  }

  synchronized double worst() {
    return stretches.values().stream().mapToDouble(Stretch::factor).max().orElse(1);
  }
}
