package io.gympulse.cloud.notify;

import io.gympulse.cloud.core.feed.FeedConsumer;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counters of feed consumers since the process started, by their names. Safe for any number of
/// threads.
///
/// Attempts are counted: an update that is delivered twice counts twice.
public final class ConsumerCounters {
  private final Map<String, LongAdder> success = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> failure = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> skipped = new ConcurrentHashMap<>();
  private final LongAdder unreadable = new LongAdder();

  /// Attempts that succeeded.
  public Map<String, Long> success() {
    return sums(success);
  }

  /// Attempts that failed.
  public Map<String, Long> failure() {
    return sums(failure);
  }

  /// Updates skipped after repeated failures.
  public Map<String, Long> skipped() {
    return sums(skipped);
  }

  /// Stream records that could not be read as updates.
  public long unreadable() {
    return unreadable.sum();
  }

  void addUnreadable() {
    unreadable.increment();
  }

  void addSuccess(FeedConsumer consumer) {
    add(success, consumer);
  }

  void addFailure(FeedConsumer consumer) {
    add(failure, consumer);
  }

  void addSkipped(FeedConsumer consumer) {
    add(skipped, consumer);
  }

  private static void add(Map<String, LongAdder> counts, FeedConsumer consumer) {
    counts.computeIfAbsent(consumer.name(), _ -> new LongAdder()).increment();
  }

  private static Map<String, Long> sums(Map<String, LongAdder> counts) {
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach((name, count) -> sums.put(name, count.sum()));
    return sums;
  }
}
