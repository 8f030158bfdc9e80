package io.gympulse.system.prove;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// A machine's status over time. Each status is in effect until the next change; before the first
/// change it is `unknown`.
final class Timeline {
  static final String UNKNOWN = "unknown";

  private final TreeMap<Instant, String> changes = new TreeMap<>();

  /// A later call overwrites a change at the same instant.
  void change(Instant at, String status) {
    changes.put(at, status);
  }

  String at(Instant instant) {
    Map.Entry<Instant, String> last = changes.floorEntry(instant);
    return last == null ? UNKNOWN : last.getValue();
  }

  /// Compares this timeline with the truth between two times.
  Comparison compare(Timeline truth, Instant from, Instant to) {
    TreeMap<Instant, Boolean> edges = new TreeMap<>();
    changes.subMap(from, true, to, false).keySet().forEach(it -> edges.put(it, true));
    truth.changes.subMap(from, true, to, false).keySet().forEach(it -> edges.put(it, true));
    edges.put(from, true);
    edges.put(to, true);
    Comparison sum = Comparison.NONE;
    for (Instant start = from; start.isBefore(to); ) {
      Instant end = edges.higherKey(start);
      sum = sum.plus(compareConstant(at(start), truth.at(start), Duration.between(start, end)));
      start = end;
    }
    return sum;
  }

  private static Comparison compareConstant(String seen, String truth, Duration length) {
    if (truth.equals(UNKNOWN)) {
      return Comparison.NONE;
    }
    boolean unknown = seen.equals(UNKNOWN);
    boolean wrong = !unknown && !seen.equals(truth);
    return new Comparison(length, wrong ? length : Duration.ZERO, unknown ? length : Duration.ZERO);
  }

  /// @param total time for which the truth is known
  /// @param wrong the part of it with a wrong status
  /// @param unknown the part of it with the status `unknown`
  record Comparison(Duration total, Duration wrong, Duration unknown) {
    static final Comparison NONE = new Comparison(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    Comparison plus(Comparison other) {
      return new Comparison(
          total.plus(other.total), wrong.plus(other.wrong), unknown.plus(other.unknown));
    }

    double wrongSecondsPerHour() {
      return perHour(wrong);
    }

    double unknownSecondsPerHour() {
      return perHour(unknown);
    }

    private double perHour(Duration part) {
      return total.isZero() ? 0 : part.toMillis() * 3.6 / (total.toMillis() / 1000.0);
    }
  }
}
