package io.gympulse.cloud.aws.dynamo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// A read-through cache: a value may be stale by at most `limit`. Safe for any number of threads.
final class ReadCache<K, V> {
  /// Keys come from outside: the cache is bounded.
  private static final int MOST = 50_000;

  private final Map<K, Entry<V>> entries = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private final Duration limit;

  ReadCache(InstantSource clock, Duration limit) {
    this.clock = clock;
    this.limit = limit;
  }

  private record Entry<V>(V value, Instant readAt) {}

  V get(K key, Function<K, V> read) {
    Instant now = clock.instant();
    Entry<V> entry = entries.get(key);
    if (entry != null && now.isBefore(entry.readAt().plus(limit))) {
      return entry.value();
    }
    if (entries.size() >= MOST) {
      entries.clear();
    }
    V value = read.apply(key);
    entries.put(key, new Entry<>(value, now));
    return value;
  }

  void clear() {
    entries.clear();
  }
}
