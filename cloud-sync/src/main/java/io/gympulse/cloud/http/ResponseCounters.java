package io.gympulse.cloud.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts responses by status since the process started. Safe for any number of threads.
public final class ResponseCounters {
  private final Map<Integer, LongAdder> byStatus = new ConcurrentSkipListMap<>();

  void add(int status) {
    byStatus.computeIfAbsent(status, _ -> new LongAdder()).increment();
  }

  /// Without statuses that never occurred.
  public Map<Integer, Long> byStatus() {
    Map<Integer, Long> counts = new TreeMap<>();
    byStatus.forEach((status, count) -> counts.put(status, count.sum()));
    return counts;
  }
}
