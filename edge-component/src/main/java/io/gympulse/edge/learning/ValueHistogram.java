package io.gympulse.edge.learning;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Counts the values of one number that a device sends, on a scale that is linear around 0 and
/// logarithmic beyond, and proposes thresholds between two clusters of them. At most
/// 1,601 counts are kept: values beyond 2e15 are counted with those. Not thread-safe.
///
/// The clusters are those of Otsu's method: the two classes with the largest variance between them.
final class ValueHistogram {
  /// Values that differ by a twentieth share a bin.
  private static final double BIN_WIDTH = 0.05;

  /// Below this, the scale is linear.
  private static final double LINEAR_TO = 0.01;

  private static final int OUTERMOST = 800;

  /// Of the whole variance, so much must lie between the clusters: it is 0.75 for values that are
  /// spread evenly.
  private static final double LEAST_SEPARATION = 0.85;

  /// The upper cluster must begin at one and a half times the end of the lower one.
  private static final double LEAST_GAP = Math.log(1.5);

  private static final long LEAST_VALUES = 5;

  private final NavigableMap<Integer, Bin> bins = new TreeMap<>();
  private long count;

  private record Bin(long count, double least, double most) {
    Bin with(double value) {
      return new Bin(count + 1, Math.min(least, value), Math.max(most, value));
    }
  }

  /// Two clusters of values, to three digits, and the thresholds between them, to two.
  ///
  /// @param lowest of the lower cluster
  /// @param lowerEnd the highest of the lower cluster
  /// @param upperStart the lowest of the upper cluster
  /// @param highest of the upper cluster
  /// @param above values above this belong to the upper cluster
  /// @param below values below this belong to the lower cluster
  record Clusters(
      double lowest,
      double lowerEnd,
      double upperStart,
      double highest,
      double above,
      double below) {}

  /// @param value finite
  void add(double value) {
    int bin = Math.clamp(Math.round(scaled(value) / BIN_WIDTH), -OUTERMOST, OUTERMOST);
    bins.put(bin, bins.getOrDefault(bin, new Bin(0, value, value)).with(value));
    count++;
  }

  long count() {
    return count;
  }

  /// To three digits; there must be a value.
  double lowest() {
    return rounded(bins.firstEntry().getValue().least(), 3);
  }

  /// To three digits; there must be a value.
  double highest() {
    return rounded(bins.lastEntry().getValue().most(), 3);
  }

  /// Empty if the values are too few, or do not form two clusters.
  Optional<Clusters> clusters() {
    Optional<Integer> split = split();
    if (split.isEmpty()) {
      return Optional.empty();
    }
    Collection<Bin> lower = bins.headMap(split.get(), true).values();
    Collection<Bin> upper = bins.tailMap(split.get(), false).values();
    double lowerEnd = lower.stream().mapToDouble(Bin::most).max().orElseThrow();
    double upperStart = upper.stream().mapToDouble(Bin::least).min().orElseThrow();
    double gap = scaled(upperStart) - scaled(lowerEnd);
    if (count(lower) < LEAST_VALUES || count(upper) < LEAST_VALUES || gap < LEAST_GAP) {
      return Optional.empty();
    }
    return Optional.of(
        new Clusters(
            lowest(),
            rounded(lowerEnd, 3),
            rounded(upperStart, 3),
            highest(),
            rounded(unscaled(scaled(upperStart) - gap / 3), 2),
            rounded(unscaled(scaled(lowerEnd) + gap / 3), 2)));
  }

  private static long count(Collection<Bin> bins) {
    return bins.stream().mapToLong(Bin::count).sum();
  }

  /// The last bin of the lower of the two classes; empty if they are not separate enough.
  private Optional<Integer> split() {
    double total = 0;
    double squares = 0;
    for (Map.Entry<Integer, Bin> it : bins.entrySet()) {
      double bin = it.getKey();
      total += bin * it.getValue().count();
      squares += bin * bin * it.getValue().count();
    }
    Optional<Integer> best = Optional.empty();
    double largest = (squares - total * total / count) * LEAST_SEPARATION;
    double lower = 0;
    long number = 0;
    for (Map.Entry<Integer, Bin> it : bins.entrySet()) {
      lower += (double) it.getKey() * it.getValue().count();
      number += it.getValue().count();
      long rest = count - number;
      if (rest > 0) {
        double distance = (total - lower) / rest - lower / number;
        double between = distance * distance * number * rest / count;
        if (between > largest) {
          largest = between;
          best = Optional.of(it.getKey());
        }
      }
    }
    return best;
  }

  private static double scaled(double value) {
    double magnitude = Math.abs(value) / LINEAR_TO;
    return Math.signum(value) * Math.log(magnitude + Math.sqrt(magnitude * magnitude + 1));
  }

  private static double unscaled(double scaled) {
    return LINEAR_TO * Math.sinh(scaled);
  }

  private static double rounded(double value, int digits) {
    return new BigDecimal(value).round(new MathContext(digits)).doubleValue();
  }
}
