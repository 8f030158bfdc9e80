package io.gympulse.cloud.dispatch;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// What followers did since the process started, by their names. Safe for any number of threads.
///
/// Attempts are counted: an update that comes twice counts twice.
public final class DispatchCounters {
  private final Map<String, LongAdder> followed = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> failed = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> skipped = new ConcurrentHashMap<>();
  private final LongAdder unreadable = new LongAdder();

  /// Attempts that succeeded.
  public Map<String, Long> followed() {
    return sums(followed);
  }

  /// Attempts that failed.
  public Map<String, Long> failed() {
    return sums(failed);
  }

  /// Updates given up after repeated failures.
  public Map<String, Long> skipped() {
    return sums(skipped);
  }

  /// Records of streams that could not be read as updates.
  public long unreadable() {
    return unreadable.sum();
  }

  void addUnreadable() {
    unreadable.increment();
  }

  void addFollowed(Follower follower) {
    add(followed, follower);
  }

  void addFailed(Follower follower) {
    add(failed, follower);
  }

  void addSkipped(Follower follower) {
    add(skipped, follower);
  }

  private static void add(Map<String, LongAdder> counts, Follower follower) {
    counts.computeIfAbsent(follower.name(), _ -> new LongAdder()).increment();
  }

  private static Map<String, Long> sums(Map<String, LongAdder> counts) {
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach((name, count) -> sums.put(name, count.sum()));
    return sums;
  }
}
