package io.gympulse.bench.latency;

import java.util.ArrayList;
import java.util.List;

/// Durations and their percentiles. Used by one thread.
public final class Samples {
  private final List<Long> nanos = new ArrayList<>();

  public void add(long duration) {
    nanos.add(duration);
  }

  public int size() {
    return nanos.size();
  }

  /// The smallest value that at least this part of all values does not exceed (nearest rank).
  ///
  /// @param part more than 0, at most 1
  /// @return milliseconds
  public double percentile(double part) {
    List<Long> sorted = nanos.stream().sorted().toList();
    int rank = (int) Math.ceil(part * sorted.size());
    return sorted.get(rank - 1) / 1e6;
  }
}
