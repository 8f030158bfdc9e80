package io.gympulse.system.sensing;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// A machine's status over time. Each status is in effect until the next change; before the first
/// change it is `unknown`. Not thread-safe.
public final class Timeline {
  public static final String UNKNOWN = "unknown";
  private static final String OCCUPIED = "occupied";

  private final TreeMap<Instant, String> changes = new TreeMap<>();

  /// A later call overwrites a change at the same instant.
  public void change(Instant at, String status) {
    changes.put(at, status);
  }

  private String at(Instant instant) {
    Map.Entry<Instant, String> last = changes.floorEntry(instant);
    return last == null ? UNKNOWN : last.getValue();
  }

  /// Compares this timeline with the truth between two times.
  public Comparison compare(Timeline truth, Instant from, Instant to) {
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
    return new Comparison(
        length,
        wrong ? length : Duration.ZERO,
        wrong && seen.equals(OCCUPIED) ? length : Duration.ZERO,
        unknown ? length : Duration.ZERO);
  }

  /// @param total time for which the truth is known
  /// @param wrong the part of it with a wrong status
  /// @param occupied the part of `wrong` in which a free machine was seen as occupied
  /// @param unknown the part of it with the status `unknown`
  public record Comparison(Duration total, Duration wrong, Duration occupied, Duration unknown) {
    public static final Comparison NONE =
        new Comparison(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    public Comparison plus(Comparison other) {
      return new Comparison(
          total.plus(other.total),
          wrong.plus(other.wrong),
          occupied.plus(other.occupied),
          unknown.plus(other.unknown));
    }

    public double machineHours() {
      return total.toMillis() / 3_600_000.0;
    }

    /// Of the time in which the status was not `unknown`, so that this does not fall when more is
    /// unknown; 0 if there is none.
    public double wrongSecondsPerHour() {
      return perHour(wrong, total.minus(unknown));
    }

    /// Free machines that were seen as occupied, as in [#wrongSecondsPerHour].
    public double occupiedSecondsPerHour() {
      return perHour(occupied, total.minus(unknown));
    }

    public double unknownSecondsPerHour() {
      return perHour(unknown, total);
    }

    private static double perHour(Duration part, Duration whole) {
      return whole.isZero() ? 0 : part.toMillis() * 3.6 / (whole.toMillis() / 1000.0);
    }
  }
}
