package io.gympulse.system.prove;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// A machine's status over time: each holds until the next. Before the first it is `unknown`.
final class Timeline {
  static final String UNKNOWN = "unknown";

  private final TreeMap<Instant, String> changes = new TreeMap<>();

  /// Of two changes at the same instant the later added one holds.
  void change(Instant at, String status) {
    changes.put(at, status);
  }

  String at(Instant instant) {
    Map.Entry<Instant, String> last = changes.floorEntry(instant);
    return last == null ? UNKNOWN : last.getValue();
  }

  /// How this timeline agrees with the truth from `from` to `to`.
  Agreement compare(Timeline truth, Instant from, Instant to) {
    TreeMap<Instant, Boolean> edges = new TreeMap<>();
    changes.subMap(from, true, to, false).keySet().forEach(it -> edges.put(it, true));
    truth.changes.subMap(from, true, to, false).keySet().forEach(it -> edges.put(it, true));
    edges.put(from, true);
    edges.put(to, true);
    Agreement sum = Agreement.NONE;
    for (Instant start = from; start.isBefore(to); ) {
      Instant end = edges.higherKey(start);
      sum = sum.plus(piece(at(start), truth.at(start), Duration.between(start, end)));
      start = end;
    }
    return sum;
  }

  private static Agreement piece(String seen, String truth, Duration length) {
    if (truth.equals(UNKNOWN)) {
      return Agreement.NONE;
    }
    boolean unknown = seen.equals(UNKNOWN);
    boolean wrong = !unknown && !seen.equals(truth);
    return new Agreement(length, wrong ? length : Duration.ZERO, unknown ? length : Duration.ZERO);
  }

  /// @param judged time over which the truth is known
  /// @param wrong of it, time with the wrong status
  /// @param unknown of it, time for which no status was claimed
  record Agreement(Duration judged, Duration wrong, Duration unknown) {
    static final Agreement NONE = new Agreement(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    Agreement plus(Agreement other) {
      return new Agreement(
          judged.plus(other.judged), wrong.plus(other.wrong), unknown.plus(other.unknown));
    }

    double wrongSecondsPerHour() {
      return perHour(wrong);
    }

    double unknownSecondsPerHour() {
      return perHour(unknown);
    }

    private double perHour(Duration part) {
      return judged.isZero() ? 0 : part.toMillis() * 3.6 / (judged.toMillis() / 1000.0);
    }
  }
}
