package io.gympulse.bench.latency;

import java.util.ArrayList;
import java.util.List;

/// Durations and their percentiles. Used by one thread.
final class Samples {
  private final List<Long> nanos = new ArrayList<>();

  void add(long duration) {
    nanos.add(duration);
  }

  int size() {
    return nanos.size();
  }

  /// The smallest value that at least this part of all values does not exceed (nearest rank).
  ///
  /// @param part more than 0, at most 1
  /// @return milliseconds
  double percentile(double part) {
    List<Long> sorted = nanos.stream().sorted().toList();
    int rank = (int) Math.ceil(part * sorted.size());
    return sorted.get(rank - 1) / 1e6;
  }
}
