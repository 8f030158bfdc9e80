package io.gympulse.cloud.api.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A token bucket per key. Keys come from outside, so only the [#MOST] used last are remembered; a
/// key that is forgotten has a full bucket again. For one thread at a time.
///
/// @param <K> who takes
final class TokenBuckets<K> {
  static final int MOST = 50_000;

  private final int capacity;
  private final Duration refill;
  private final Map<K, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Bucket> eldest) {
          return size() > MOST;
        }
      };

  /// @param fullAt when it is full if nobody takes
  private record Bucket(Instant fullAt) {}

  /// @param capacity how many may be taken at once
  /// @param refill how long it takes until one more may be taken
  TokenBuckets(int capacity, Duration refill) {
    this.capacity = capacity;
    this.refill = refill;
  }

  /// How long until the key may take; empty if it may now.
  Optional<Duration> untilRoom(K key, Instant now) {
    Duration missing = Duration.between(now, fullAt(key, now)).plus(refill);
    Duration wait = missing.minus(refill.multipliedBy(capacity));
    return Optional.of(wait).filter(Duration::isPositive);
  }

  void take(K key, Instant now) {
    buckets.put(key, new Bucket(fullAt(key, now).plus(refill)));
  }

  /// A clock that was put back leaves no bucket emptier than empty.
  private Instant fullAt(K key, Instant now) {
    Bucket bucket = buckets.getOrDefault(key, new Bucket(now));
    Instant latest = now.plus(refill.multipliedBy(capacity));
    if (bucket.fullAt().isBefore(now)) {
      return now;
    }
    return bucket.fullAt().isAfter(latest) ? latest : bucket.fullAt();
  }
}
