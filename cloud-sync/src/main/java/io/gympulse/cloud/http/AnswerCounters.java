package io.gympulse.cloud.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// How many requests were answered with which status since the process started. Safe for any number
/// of threads.
public final class AnswerCounters {
  private final Map<Integer, LongAdder> byStatus = new ConcurrentSkipListMap<>();

  void answered(int status) {
    byStatus.computeIfAbsent(status, _ -> new LongAdder()).increment();
  }

  /// By status; those never answered are absent.
  public Map<Integer, Long> byStatus() {
    Map<Integer, Long> counts = new TreeMap<>();
    byStatus.forEach((status, count) -> counts.put(status, count.sum()));
    return counts;
  }
}
