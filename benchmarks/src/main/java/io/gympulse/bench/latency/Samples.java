package io.gympulse.bench.latency;

import java.util.ArrayList;
import java.util.List;

/// Durations and their percentiles. Not thread-safe.
public final class Samples {
  private final List<Long> nanos = new ArrayList<>();

  public void add(long duration) {
    nanos.add(duration);
  }

  public int size() {
    return nanos.size();
  }

  /// A percentile by nearest rank: the smallest value that is not less than this part of all
  /// values.
  ///
  /// @param part more than 0, at most 1
  /// @return milliseconds
  public double percentile(double part) {
    List<Long> sorted = nanos.stream().sorted().toList();
    int rank = (int) Math.ceil(part * sorted.size());
    return sorted.get(rank - 1) / 1e6;
  }
}
