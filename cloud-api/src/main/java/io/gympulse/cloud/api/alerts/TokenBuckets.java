package io.gympulse.cloud.api.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A token bucket per key. Clients choose the keys, so only the [#MAX_KEYS] most recently used ones
/// are kept; an evicted key has a full bucket again. Not thread-safe; time is an argument.
final class TokenBuckets<K> {
  static final int MAX_KEYS = 50_000;

  private final int capacity;
  private final Duration refill;
  private final Map<K, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Bucket> eldest) {
          return size() > MAX_KEYS;
        }
      };

  /// @param fullAt when the bucket is full again if nothing is taken
  private record Bucket(Instant fullAt) {}

  /// @param capacity tokens in a full bucket
  /// @param refill the time in which one token is added
  TokenBuckets(int capacity, Duration refill) {
    this.capacity = capacity;
    this.refill = refill;
  }

  /// The time until a token is available; empty if one is available now.
  Optional<Duration> waitTime(K key, Instant now) {
    Duration missing = Duration.between(now, fullAt(key, now)).plus(refill);
    Duration wait = missing.minus(refill.multipliedBy(capacity));
    return Optional.of(wait).filter(Duration::isPositive);
  }

  void take(K key, Instant now) {
    buckets.put(key, new Bucket(fullAt(key, now).plus(refill)));
  }

  /// Bounded by the time that an empty bucket takes to fill, in case the clock was set back.
  private Instant fullAt(K key, Instant now) {
    Bucket bucket = buckets.getOrDefault(key, new Bucket(now));
    Instant latest = now.plus(refill.multipliedBy(capacity));
    if (bucket.fullAt().isBefore(now)) {
      return now;
    }
    return bucket.fullAt().isAfter(latest) ? latest : bucket.fullAt();
  }
}
